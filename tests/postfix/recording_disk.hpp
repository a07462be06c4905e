// SPDX-License-Identifier: BSL-1.0
/// Records what SQLite does to the disk, and computes what may be left after a power cut.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

/// The files of a directory, with their contents.
using disk_image = std::map<std::string, std::string>;

struct disk_event {
    enum class kind { create, write, truncate, remove, sync, sync_folder, told };
    kind what = kind::told;
    std::string file = {};
    /// The offset of a write, or the new size of a truncated file.
    std::size_t at = 0;
    std::string octets = {};
};

/// While one of these exists, SQLite's default VFS records every change to a file, except to the shared memory of the
/// WAL index. There may be only one at a time.
class recording_disk {
  public:
    recording_disk();
    ~recording_disk();
    recording_disk(recording_disk const&) = delete;
    recording_disk& operator=(recording_disk const&) = delete;

    /// The number of events so far. Thread-safe.
    std::size_t position() const;
    std::vector<disk_event> const& events() const;
};

/// What happens to unsynced changes at a power cut.
enum class loss { everything, nothing, some, torn };

/// Replays events, and knows after each what is certainly on the disk and what may be.
class power_cut {
  public:
    /// `lying`: a disk that syncs nothing.
    explicit power_cut(disk_image before, bool lying = false) : lying_(lying) {
        for (auto& [name, octets] : before) files_[name] = {true, true, octets, {}};
    }
    void play(disk_event const& event);
    /// What is on the disk after a power cut now.
    disk_image left(loss how, std::minstd_rand& chance) const;

  private:
    struct file_state {
        /// Whether its name is synced to the directory, and whether it is there at all.
        bool named = false, present = false;
        std::string octets = {};
        /// Since the last sync.
        std::vector<disk_event> pending = {};
    };
    static void apply(std::string& octets, disk_event const& change);

    bool lying_;
    std::map<std::string, file_state> files_;
};
