// SPDX-License-Identifier: BSL-1.0
#include "recording_disk.hpp"

#include <filesystem>
#include <mutex>
#include <new>
#include <utility>

#include <sqlite3.h>

namespace {

/// The recorded events, from any thread.
struct recording {
    std::mutex mutex;
    std::vector<disk_event> events;
    void add(disk_event event) {
        std::lock_guard const lock(mutex);
        events.push_back(std::move(event));
    }
};
recording* now_recording = nullptr;
sqlite3_vfs* usual = nullptr;

/// The file of the default VFS follows it in memory.
struct recorded_file {
    sqlite3_file base;
    std::string* name;
    bool folder_to_sync;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
recorded_file& of(sqlite3_file* file) { return *reinterpret_cast<recorded_file*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file).real(); }

template <class... Arguments, class... Given>
int pass_on(int (*sqlite3_io_methods::*method)(sqlite3_file*, Arguments...), sqlite3_file* file, Given... given) {
    return (real(file)->pMethods->*method)(real(file), given...);
}

int close(sqlite3_file* file) {
    delete std::exchange(of(file).name, nullptr);
    return pass_on(&sqlite3_io_methods::xClose, file);
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return pass_on(&sqlite3_io_methods::xRead, file, to, size, at);
}
int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 at) {
    if (of(file).name != nullptr)
        now_recording->add({disk_event::kind::write, *of(file).name, static_cast<std::size_t>(at),
                            std::string(static_cast<char const*>(from), static_cast<std::size_t>(size))});
    return pass_on(&sqlite3_io_methods::xWrite, file, from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (of(file).name != nullptr)
        now_recording->add({disk_event::kind::truncate, *of(file).name, static_cast<std::size_t>(size)});
    return pass_on(&sqlite3_io_methods::xTruncate, file, size);
}
int sync(sqlite3_file* file, int flags) {
    int const status = pass_on(&sqlite3_io_methods::xSync, file, flags);
    if (of(file).name == nullptr) return status;
    now_recording->add({disk_event::kind::sync, *of(file).name});
    // As the default VFS does for a journal it created.
    if (std::exchange(of(file).folder_to_sync, false)) now_recording->add({disk_event::kind::sync_folder});
    return status;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return pass_on(&sqlite3_io_methods::xFileSize, file, size); }
int lock(sqlite3_file* file, int level) { return pass_on(&sqlite3_io_methods::xLock, file, level); }
int unlock(sqlite3_file* file, int level) { return pass_on(&sqlite3_io_methods::xUnlock, file, level); }
int is_reserved(sqlite3_file* file, int* result) {
    return pass_on(&sqlite3_io_methods::xCheckReservedLock, file, result);
}
int control(sqlite3_file* file, int what, void* with) {
    return pass_on(&sqlite3_io_methods::xFileControl, file, what, with);
}
int sector_size(sqlite3_file* file) { return pass_on(&sqlite3_io_methods::xSectorSize, file); }
int characteristics(sqlite3_file* file) { return pass_on(&sqlite3_io_methods::xDeviceCharacteristics, file); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    return pass_on(&sqlite3_io_methods::xShmMap, file, page, size, extend, to);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return pass_on(&sqlite3_io_methods::xShmLock, file, offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return pass_on(&sqlite3_io_methods::xShmUnmap, file, remove); }

// Version 2: without memory-mapped files, whose changes would go unrecorded.
sqlite3_io_methods const methods{
    2,         close,       read,    write,       truncate,        sync,    file_size, lock,
    unlock,    is_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,     nullptr};

std::string name_of(char const* path) { return std::filesystem::path(path).filename(); }

int open(sqlite3_vfs*, char const* path, sqlite3_file* file, int flags, int* flags_out) {
    constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    bool const recorded = path != nullptr && (flags & kept) != 0;
    bool const made = recorded && !std::filesystem::exists(path);
    auto* const opened = new (file) recorded_file{{nullptr}, nullptr, made && (flags & SQLITE_OPEN_MAIN_DB) == 0};
    int const status = usual->xOpen(usual, path, opened->real(), flags, flags_out);
    if (opened->real()->pMethods == nullptr) return status;
    opened->base.pMethods = &methods;
    if (recorded) opened->name = new std::string(name_of(path));
    if (made) now_recording->add({disk_event::kind::create, *opened->name});
    return status;
}

int remove(sqlite3_vfs*, char const* path, int sync_folder) {
    now_recording->add({disk_event::kind::remove, name_of(path)});
    int const status = usual->xDelete(usual, path, sync_folder);
    if (sync_folder != 0) now_recording->add({disk_event::kind::sync_folder});
    return status;
}

recording all;
sqlite3_vfs vfs;

}  // namespace

recording_disk::recording_disk() {
    usual = sqlite3_vfs_find(nullptr);
    all.events.clear();
    now_recording = &all;
    vfs = *usual;
    vfs.zName = "recording";
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(recorded_file)) + usual->szOsFile;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    sqlite3_vfs_register(&vfs, 1);
}

recording_disk::~recording_disk() {
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(usual, 1);
}

std::size_t recording_disk::position() const {
    std::lock_guard const lock(all.mutex);
    return all.events.size();
}

std::vector<disk_event> const& recording_disk::events() const { return all.events; }

void power_cut::apply(std::string& octets, disk_event const& change) {
    if (change.what == disk_event::kind::truncate) return octets.resize(change.at);
    if (octets.size() < change.at + change.octets.size()) octets.resize(change.at + change.octets.size());
    octets.replace(change.at, change.octets.size(), change.octets);
}

void power_cut::play(disk_event const& event) {
    using kind = disk_event::kind;
    auto& file = files_[event.file];
    switch (event.what) {
        case kind::create: file = {file.named, true, {}, {}}; break;
        case kind::remove: file.present = false; break;
        case kind::write:
        case kind::truncate: file.pending.push_back(event); break;
        case kind::sync:
            if (lying_) break;
            for (auto const& change : file.pending) apply(file.octets, change);
            file.pending.clear();
            break;
        case kind::sync_folder:
            for (auto& [name, each] : files_) each.named = lying_ ? each.named : each.present;
            break;
        case kind::told: break;
    }
}

disk_image power_cut::left(loss how, std::minstd_rand& chance) const {
    auto const likely = [&] { return chance() % 2 == 0; };
    disk_image image;
    for (auto const& [name, file] : files_) {
        bool const there = how == loss::everything ? file.named
                           : how == loss::nothing  ? file.present
                           : likely()              ? file.named
                                                   : file.present;
        if (!there || name.empty()) continue;
        auto octets = file.octets;
        for (auto change : file.pending) {
            if (how == loss::everything || (how != loss::nothing && likely())) continue;
            if (how == loss::torn && change.what == disk_event::kind::write && likely()) {
                // Half of it, or half a sector.
                auto const half =
                    likely() ? change.octets.size() / 2 : std::min<std::size_t>(256, change.octets.size());
                if (likely()) change.octets.resize(half);
                else change.at += half, change.octets.erase(0, half);
            }
            apply(octets, change);
        }
        image[name] = std::move(octets);
    }
    return image;
}
