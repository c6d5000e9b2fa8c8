"""Memory (MiB) and processor time of a process and all that it started. Linux only; elsewhere there are no figures."""

import os
import re
import time


def tree(pid):
    """The process and its descendants."""
    children = {}
    for entry in os.listdir('/proc'):
        if entry.isdigit():
            try:
                with open(f'/proc/{entry}/stat') as stat:
                    parent = int(stat.read().rsplit(')', 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
    found, queue = [], [pid]
    while queue:
        next_pid = queue.pop()
        found.append(next_pid)
        queue += children.get(next_pid, [])
    return found


def settle(pid, seconds=6):
    """Waits until its processes are at rest: what one kernel still does must not slow the next one down."""
    deadline = time.perf_counter() + seconds
    before = None
    while time.perf_counter() < deadline:
        now = _ticks(pid)
        if now is None or (before is not None and now - before <= 1):
            return
        before = now
        time.sleep(0.15)


def _ticks(pid):
    total = 0
    try:
        for each in tree(pid):
            with open(f'/proc/{each}/stat') as stat:
                fields = stat.read().rsplit(')', 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    except OSError:
        return None
    return total


def worked(pid):
    """Seconds of processor time, and how often a thread of its processes went to sleep by itself."""
    seconds, sleeps = 0, 0
    try:
        for each in tree(pid):
            for thread in os.listdir(f'/proc/{each}/task'):
                with open(f'/proc/{each}/task/{thread}/schedstat') as stat:
                    seconds += int(stat.read().split()[0]) / 1e9
                with open(f'/proc/{each}/task/{thread}/status') as status:
                    sleeps += int(re.search(r'^voluntary_ctxt_switches:\s+(\d+)', status.read(), re.M)[1])
    except OSError:
        return None
    return seconds, sleeps


def proportional(pid):
    """The proportional set size: private pages, and of each shared page the part that falls to one of those who share it.
    Summed over many kernels it is what they take together."""
    total = 0
    try:
        for each in tree(pid):
            with open(f'/proc/{each}/smaps_rollup') as rollup:
                total += int(re.search(r'^Pss:\s+(\d+)', rollup.read(), re.M)[1])
    except OSError:
        return None
    return total / 1024


def used(pid):
    """The private pages of each process, plus the pages that they share, counted once. Unlike PSS, this does not depend
    on what other programs map; unlike a sum of RSS, it counts Node's own code once for two Node processes."""
    private, shared = 0, {}
    try:
        for each in tree(pid):
            for name, own, common in _mappings(each):
                private += own
                shared[name] = max(shared.get(name, 0), common)
    except OSError:
        return None
    return (private + sum(shared.values())) / 1024


def _mappings(pid):
    """(what is mapped, private KiB, shared KiB) for each mapping."""
    name, own, common = '', 0, 0
    with open(f'/proc/{pid}/smaps') as smaps:
        for line in smaps:
            first = line.split(maxsplit=1)[0]
            if not first.endswith(':'):
                if name:
                    yield name, own, common
                parts = line.split(maxsplit=5)
                # The offset distinguishes the parts of one file.
                where = parts[5].strip() if len(parts) > 5 else f'anonymous {pid} {parts[0]}'
                name, own, common = f'{where} {parts[2]}', 0, 0
            elif first.startswith('Private_') and first != 'Private_Hugetlb:':
                own += int(line.split()[1])
            elif first in ('Shared_Clean:', 'Shared_Dirty:'):
                common += int(line.split()[1])
    if name:
        yield name, own, common
