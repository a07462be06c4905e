// SPDX-License-Identifier: BSL-1.0
/// The identity and state of a file, to notice changes.
#pragma once
#include <cstdint>

#include <sys/stat.h>

/// A snapshot of a file's metadata; equal only if nobody has written to it or changed its attributes since.
class file_state {
  public:
    explicit file_state(struct stat const& status)
        : device_(status.st_dev),
          inode_(status.st_ino),
          size_(status.st_size),
          written_(status.st_mtim),
          changed_(status.st_ctim) {}

    /// Whether it is the same file, under any name and in any state.
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
