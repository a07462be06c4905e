#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""replace_file_test.py MTASTS: which files are replaced; that the new file has all attributes of the old one except
those that would grant privileges to new contents; and that the old file is intact whatever fails."""
import errno
import os
import resource
import stat
import struct
import subprocess
import threading
import time
from pathlib import Path

import files
import syscall_filter
from files import (BROKEN, GOOD, NOBODY, NOGROUP, OTHER, PROGRAM, REPORT, ROOT, Folder, as_nobody, needs_mounts, needs_root,
                   run, summary_of)


def acl(*entries):
    """An ACL as the kernel keeps it: acl(5), linux/posix_acl_xattr.h. Entries are tag, permissions and id."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NONE = 0xFFFFFFFF
LIST = acl((1, 6, NONE), (2, 4, 1234), (4, 4, NONE), (16, 4, NONE), (32, 0, NONE))


class Attributes(Folder):
    """A new file has all attributes of the old one except those that would grant privileges to new contents."""

    def test_set_id_and_sticky_bits_are_not_kept(self):
        for mode in (0o4755, 0o2755, 0o6775, 0o1644, 0o7777):
            with self.subTest(oct(mode)):
                path = self.file("p", BROKEN, mode)
                self.assertEqual(stat.S_IMODE(self.fixed(path).st_mode), mode & 0o777)

    def test_every_permission_is_kept(self):
        for mode in (0o600, 0o640, 0o664, 0o666, 0o755, 0o606):
            with self.subTest(oct(mode)):
                self.assertEqual(stat.S_IMODE(self.fixed(self.file("p", BROKEN, mode)).st_mode), mode)

    @needs_root
    def test_a_set_uid_file_of_another_does_not_become_root_s(self):
        path = self.file("p", BROKEN)
        os.chown(path, NOBODY, NOGROUP)
        os.chmod(path, 0o4755)
        status = self.fixed(path)
        self.assertEqual((status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)), (NOBODY, NOGROUP, 0o755))

    @needs_root
    def test_owner_and_group_are_kept(self):
        for owner, group in ((33, 33), (0, 33), (33, 0), (NOBODY, 1234)):
            with self.subTest(owner=owner, group=group):
                path = self.file("p", BROKEN)
                os.chown(path, owner, group)
                os.chmod(path, 0o640)
                status = self.fixed(path)
                self.assertEqual((status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)), (owner, group, 0o640))

    @needs_root
    def test_a_set_group_id_directory_does_not_change_the_group(self):
        os.chown(self.folder, 0, 1234)
        os.chmod(self.folder, 0o2755)
        path = self.file("p", BROKEN)
        os.chown(path, 0, 33)
        self.assertEqual(self.fixed(path).st_gid, 33)

    @needs_root
    def test_an_owner_or_group_that_cannot_be_given_is_not_changed(self):
        os.chmod(self.folder, 0o777)
        for owner, group in ((0, NOGROUP), (NOBODY, 1234), (33, 33)):
            with self.subTest(owner=owner, group=group):
                path = self.file("p", BROKEN)
                os.chown(path, owner, group)
                os.chmod(path, 0o666)
                with self.nothing_changes():
                    self.refused(as_nobody("lint", "--fix", path), "its owner and group cannot be kept")

    @needs_root
    def test_the_owner_comes_before_the_mode(self):
        """If the owner cannot be set, there never was a file with the old one's mode."""
        path = self.file("p", BROKEN)
        os.chown(path, NOBODY, NOGROUP)
        os.chmod(path, 0o4755)
        outcome = run("lint", "--fix", path, preexec_fn=syscall_filter.killing("fchown"))
        self.assertEqual(outcome.returncode, syscall_filter.KILLED)
        left, = (name for name in os.listdir(self.folder) if name != "p")
        self.assertEqual(stat.S_IMODE(os.stat(self.path(left)).st_mode), 0o600)

    def test_an_acl_is_kept(self):
        path = self.file("p", BROKEN)
        self.set_attribute(path, "system.posix_acl_access", LIST)
        mode = os.stat(path).st_mode
        self.assertEqual(self.fixed(path).st_mode, mode)
        self.assertEqual(os.getxattr(path, "system.posix_acl_access"), LIST)

    def test_a_default_acl_does_not_widen_the_permissions(self):
        path = self.file("p", BROKEN, 0o660)
        self.set_attribute(self.folder, "system.posix_acl_default", LIST)
        self.fixed(path)
        self.assertNotIn("system.posix_acl_access", os.listxattr(path))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o660)

    def test_extended_attributes_are_kept(self):
        path = self.file("p", BROKEN)
        values = {"user.a": b"", "user.b": bytes(range(256)), "user.long": b"x" * 2000}
        for name, value in values.items():
            self.set_attribute(path, name, value)
        self.fixed(path)
        self.assertEqual({name: os.getxattr(path, name) for name in os.listxattr(path) if name.startswith("user.")}, values)

    def test_nothing_is_written_if_an_attribute_cannot_be_kept(self):
        path = self.file("p", BROKEN)
        self.set_attribute(path, "user.a", b"1")
        for call in ("fsetxattr", "fgetxattr", "flistxattr"):
            with self.subTest(call), self.nothing_changes():
                filtered = syscall_filter.failing(call, errno.EPERM)
                self.refused(run("lint", "--fix", path, preexec_fn=filtered), "cannot be kept")

    @needs_root
    def test_capabilities_are_not_kept(self):
        path = self.file("p", BROKEN, 0o755)
        self.set_attribute(path, "security.capability", struct.pack("<5I", 0x02000001, 1 << 12, 0, 0, 0))
        self.fixed(path)
        self.assertNotIn("security.capability", os.listxattr(path))


class Names(Folder):
    """Which files are replaced and which are refused."""

    def test_a_symbolic_link_stays_and_its_target_is_replaced(self):
        path = self.file("there/p", BROKEN)
        os.symlink("there/p", self.path("link"))
        os.symlink("link", self.path("link to link"))
        self.assertEqual(run("lint", "--fix", self.path("link to link")).returncode, 0)
        self.assertEqual((Path(path).read_bytes(), os.readlink(self.path("link"))), (GOOD, "there/p"))
        self.assertEqual(os.listdir(self.path("there")), ["p"])

    def test_a_file_with_several_hard_links_is_refused(self):
        path = self.file("p", BROKEN)
        os.link(path, self.path("q"))
        with self.nothing_changes():
            self.refused(run("lint", "--fix", path), "2 hard links")

    def test_one_file_given_twice_is_refused(self):
        path = self.file("p", BROKEN)
        os.symlink(path, self.path("q"))
        for other in (path, self.path("q"), self.path("../" + os.path.basename(self.folder) + "/p")):
            with self.subTest(other), self.nothing_changes():
                self.refused(run("lint", "--fix", path, other), "the same file")

    def test_anything_but_a_regular_file_is_refused_before_it_is_read(self):
        os.mkfifo(self.path("pipe"))
        os.symlink(self.path("pipe"), self.path("link"))
        for path in (self.path("pipe"), self.path("link"), "/dev/zero", "/dev/tty", self.folder):
            with self.subTest(path), self.nothing_changes():
                self.refused(run("lint", "--fix", path), "not a regular file")
                self.refused(run("report", "--save", path, "-", stdin=REPORT), "not a regular file")

    def test_a_dangling_link_is_refused(self):
        os.symlink("nowhere", self.path("link"))
        with self.nothing_changes():
            self.refused(run("report", "--save", self.path("link"), "-", stdin=REPORT), "leads nowhere")

    def test_the_standard_output_is_not_replaced(self):
        path = self.file("out", b"")
        with self.nothing_changes(), open(path, "ab") as out:
            outcome = subprocess.run([PROGRAM, "report", "--save", "/dev/stdout", "-"], input=REPORT, stdout=out,
                                     stderr=subprocess.PIPE, timeout=60, check=False)
            self.refused(outcome, "the standard output")

    def test_a_file_that_may_not_be_written_to_is_not_replaced(self):
        path = self.file("p", BROKEN, 0o444)
        if ROOT:
            os.chmod(self.folder, 0o777)
            os.chown(path, NOBODY, NOGROUP)
        with self.nothing_changes():
            self.refused((as_nobody if ROOT else run)("lint", "--fix", path), "Permission denied")

    def test_a_file_in_a_folder_that_may_not_be_written_to_is_refused(self):
        path = self.file("there/p", BROKEN, 0o666)
        if ROOT:
            os.chown(path, NOBODY, NOGROUP)
        os.chmod(self.path("there"), 0o555)
        self.addCleanup(os.chmod, self.path("there"), 0o755)
        with self.nothing_changes():
            self.refused((as_nobody if ROOT else run)("lint", "--fix", path), "Permission denied")


class Changed(Folder):
    """A file that has changed since it was read is not replaced."""

    def changed_between(self, path, change, *arguments):
        """Runs the program, which waits at a pipe after it has read, and changes the file meanwhile."""
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        with subprocess.Popen([PROGRAM, *arguments, pipe], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            stop = threading.Timer(60, process.kill)
            stop.start()
            # Opening blocks until the program has got this far.
            with open(pipe, "wb") as out:
                change(path)
                after = self.seen()
                out.write(GOOD if "--before" in arguments else summary_of(OTHER))
            output, errors = process.communicate()
            stop.cancel()
        os.unlink(pipe)
        after.pop(pipe)
        self.assertEqual(self.seen(), after)
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    CHANGES = {
        "written to": lambda path: Path(path).write_bytes(BROKEN.replace(b"mail", b"post")),
        "written to in its size and second": lambda path: (Path(path).write_bytes(BROKEN), os.utime(path, (0, 0))),
        "replaced": lambda path: (Path(path + "~").write_bytes(BROKEN), os.replace(path + "~", path)),
        "closed to others": lambda path: os.chmod(path, 0o600),
        "removed": os.unlink,
        "a folder": lambda path: (os.unlink(path), os.mkdir(path)),
        "linked": lambda path: os.link(path, path + "2"),
    }

    def test_a_changed_policy_is_not_replaced(self):
        for what, change in self.CHANGES.items():
            with self.subTest(what):
                path = self.file(f"{what}/p", BROKEN)
                self.refused(self.changed_between(path, change, "lint", "--fix", path, "--before"))

    def test_a_changed_summary_is_not_replaced(self):
        for what, change in {**self.CHANGES, "added to": lambda path: Path(path).write_bytes(summary_of(REPORT, OTHER))}.items():
            with self.subTest(what):
                path = self.file(f"{what}/s", summary_of(REPORT))
                self.refused(self.changed_between(path, change, "report", "--save", path, "--add", path, "--add"))

    def test_a_summary_that_appeared_meanwhile_is_not_replaced(self):
        path = self.path("s")
        self.refused(self.changed_between(path, lambda path: Path(path).write_bytes(b"mine"), "report", "--save", path, "--add"))

    def test_an_unchanged_file_is_replaced(self):
        path = self.file("s", summary_of(REPORT))
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        threading.Thread(target=Path(pipe).write_bytes, args=[summary_of(OTHER)]).start()
        outcome = run("report", "--add", path, "--save", path, "--add", pipe)
        self.assertEqual((outcome.returncode, Path(path).read_bytes()), (0, summary_of(REPORT, OTHER)), outcome)


class Failures(Folder):
    """Whatever fails, the old file is intact and no other file is left behind."""

    def test_a_failing_system_call_leaves_the_old_file_intact(self):
        path = self.file("p", BROKEN)
        for call in ("fchmod", "fsync", "renameat", "getrandom"):
            with self.subTest(call), self.nothing_changes():
                filtered = syscall_filter.failing(call, errno.EIO)
                self.refused(run("lint", "--fix", path, preexec_fn=filtered), "Input/output error")
        for call in ("fsync", "renameat2", "getrandom"):
            with self.subTest(call), self.nothing_changes():
                filtered = syscall_filter.failing(call, errno.EIO)
                self.refused(run("report", "--save", self.path("s"), "-", stdin=REPORT, preexec_fn=filtered),
                             "Input/output error")

    def test_a_file_system_that_cannot_rename_without_replacing(self):
        for number in (errno.EINVAL, errno.ENOSYS):
            filtered = syscall_filter.failing("renameat2", number)
            path = self.path(f"{number}")
            self.assertEqual(run("report", "--save", path, "-", stdin=REPORT, preexec_fn=filtered).returncode, 0)
            self.assertEqual(Path(path).read_bytes(), summary_of(REPORT))

    def test_a_file_size_limit(self):
        path = self.file("p", BROKEN)
        state = self.file("s", summary_of(REPORT))
        for limit in (0, 1, 40):
            limited = dict(preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            with self.subTest(limit), self.nothing_changes():
                self.refused(run("lint", "--fix", path, **limited), "File too large")
                self.refused(run("report", "--save", state, "-", stdin=OTHER, **limited), "File too large")

    @needs_mounts
    def test_a_full_disk(self):
        state, report = self.file("s", summary_of(REPORT)), self.file("r", OTHER)
        policy = self.file("p", BROKEN)
        os.mkdir(self.path("disk"))
        script = ('mount -t tmpfs -o size=64k tmpfs "$2/disk" && cp "$2/s" "$2/p" "$2/disk" && '
                  '{ cat /dev/zero >"$2/disk/rest" 2>/dev/null; ls -A "$2/disk" >"$2/before"; '
                  '"$1" lint --fix "$2/disk/p" >&2; echo $?; "$1" report --add "$2/disk/s" --save "$2/disk/s" "$2/r" >&2; '
                  'echo $?; cmp "$2/disk/p" "$2/p" && cmp "$2/disk/s" "$2/s" && ls -A "$2/disk" | cmp - "$2/before" && '
                  'echo whole; }')
        outcome = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", PROGRAM, self.folder],
                                 capture_output=True, timeout=60, check=False)
        self.assertEqual(outcome.stdout, b"2\n2\nwhole\n", outcome)
        self.assertEqual(outcome.stderr.count(b"No space left on device"), 2, outcome)
        self.assertEqual([Path(path).read_bytes() for path in (state, report, policy)],
                         [summary_of(REPORT), OTHER, BROKEN])

    def test_a_program_killed_at_any_step_leaves_the_old_file_intact(self):
        for call in ("getrandom", "write", "fchmod", "fsync", "renameat"):
            with self.subTest(call):
                path = self.file(f"{call}/p", BROKEN)
                before = os.stat(path)
                outcome = run("lint", "--fix", path, preexec_fn=syscall_filter.killing(call))
                self.assertEqual(outcome.returncode, syscall_filter.KILLED)
                after = os.stat(path)
                self.assertEqual((Path(path).read_bytes(), after.st_ino, after.st_mode),
                                 (BROKEN, before.st_ino, before.st_mode))
                self.assertEqual(self.fixed(path).st_mode, before.st_mode)

    def test_signals_that_end_the_program_leave_no_temporary_file(self):
        """Whether they come before, during or after the writing."""
        state = self.file("s", summary_of(REPORT))
        for delay in range(10):
            with subprocess.Popen([PROGRAM, "report", "--add", state, "--save", state], stdout=subprocess.PIPE) as process:
                time.sleep(delay / 1000)
                process.terminate()
                process.communicate(timeout=60)
            self.assertEqual((os.listdir(self.folder), Path(state).read_bytes()), (["s"], summary_of(REPORT)))


class Help(Folder):
    def test_the_help_has_the_rules(self):
        for command in ("lint", "report"):
            shown = " ".join(run(command, "--help").stdout.decode().split())
            for word in ("owner, group, permissions, ACL and extended attributes", "hard links", "mount point",
                         "take turns", "symbolic link", "FIFO", "changed since it was read", "If a rename fails", ".mtasts-"):
                self.assertIn(word, shown)


files.main()
