/// A disk that remembers what SQLite did to it, and what may be left of that when the power goes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

/// The files of a folder, with what is in them.
using disk_image = std::map<std::string, std::string>;

struct disk_event {
    enum class kind { create, write, truncate, remove, sync, sync_folder, told };
    kind what = kind::told;
    std::string file = {};
    /// Where it was written, or to which size it was cut.
    std::size_t at = 0;
    std::string octets = {};
};

/// While one of these lives, SQLite's default VFS is the usual one, which writes down all that changes a file but the
/// shared memory of the log's index. Only one may live at a time.
class recording_disk {
  public:
    recording_disk();
    ~recording_disk();
    recording_disk(recording_disk const&) = delete;
    recording_disk& operator=(recording_disk const&) = delete;

    /// The number of events so far; from any thread.
    std::size_t position() const;
    std::vector<disk_event> const& events() const;
};

/// How what was not synced is treated when the power goes.
enum class loss { everything, nothing, some, torn };

/// Plays events, and knows at each of them what the disk holds for certain and what it may hold.
class power_cut {
  public:
    /// `lying`: a disk that syncs nothing.
    explicit power_cut(disk_image before, bool lying = false) : lying_(lying) {
        for (auto& [name, octets] : before) files_[name] = {true, true, octets, {}};
    }
    void play(disk_event const& event);
    /// What is there after a loss of power now.
    disk_image left(loss how, std::minstd_rand& chance) const;

  private:
    struct file_state {
        /// Its name is in the folder: for certain, and unless the power goes.
        bool named = false, present = false;
        std::string octets = {};
        /// Since the last sync.
        std::vector<disk_event> pending = {};
    };
    static void apply(std::string& octets, disk_event const& change);

    bool lying_;
    std::map<std::string, file_state> files_;
};
