/// Which file it is that stands at a name, and whether anybody has touched it.
#pragma once
#include <cstdint>

#include <sys/stat.h>

/// A file as it was when it was looked at; equal only where nobody has written to it or changed its attributes since.
class file_state {
  public:
    explicit file_state(struct stat const& status)
        : device_(status.st_dev),
          inode_(status.st_ino),
          size_(status.st_size),
          written_(status.st_mtim),
          changed_(status.st_ctim) {}

    /// Whether it is the same file, by whatever name and in whatever state.
    bool same_file(file_state const& other) const { return device_ == other.device_ && inode_ == other.inode_; }
    bool operator==(file_state const&) const = default;

  private:
    struct instant {
        std::int64_t seconds, nanoseconds;

        instant(timespec const& time) : seconds(time.tv_sec), nanoseconds(time.tv_nsec) {}
        bool operator==(instant const&) const = default;
    };

    dev_t device_;
    ino_t inode_;
    off_t size_;
    instant written_, changed_;
};
