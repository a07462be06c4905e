// SPDX-License-Identifier: BSL-1.0
/// A file descriptor that is closed by its owner.
#pragma once
#include <utility>

#include <unistd.h>

namespace socketmap {

/// Closes the descriptor unless it is released.
class descriptor {
  public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    descriptor(descriptor&& other) noexcept : number_(other.release()) {}
    descriptor& operator=(descriptor const&) = delete;
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

}  // namespace socketmap
