"""What the machine and single processes have used, read from the kernel."""
import os
import subprocess
import time

HZ = os.sysconf("SC_CLK_TCK")


def cpu_s(pid):
    """User and system seconds of a process so far, those of its ended threads included, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | 2)  # Linux: the CPU clock of another process


def busy_s():
    """Seconds that all cores together were not idle; stolen time counts as busy."""
    with open("/proc/stat") as stat:
        ticks = [int(word) for word in stat.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / HZ


def rss_mib(pid):
    with open("/proc/%d/status" % pid) as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    raise RuntimeError("no resident memory of %d" % pid)


def connections_to(port):
    """Established connections of which a listener on this port holds its end."""
    ours, count = ":%04X" % port, 0
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            with open(table) as lines:
                count += sum(line.split()[1].endswith(ours) and line.split()[3] == "01" for line in list(lines)[1:])
    return count


def sync_p50_ms(folder, rounds=200):
    """Median time of an append of 4 KiB with fdatasync: what a durable acknowledgement costs this disk at least."""
    path, took = os.path.join(folder, "sync-probe"), []
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for _ in range(rounds):
            os.write(file, bytes(4096))
            began = time.perf_counter()
            os.fdatasync(file)
            took.append(time.perf_counter() - began)
    finally:
        os.close(file)
        os.unlink(path)
    return sorted(took)[rounds // 2] * 1000


def describe(folder, java):
    """The machine in words, by topic."""
    fields = {}
    with open("/proc/cpuinfo") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    fields["cpus"] = "%d x %s" % (os.cpu_count(), models[0] if models else "unknown")
    with open("/proc/meminfo") as lines:
        fields["memory"] = "%.0f GiB" % (int(lines.readline().split()[1]) / 1048576)
    fields["disk"] = "%s, append of 4 KiB and fdatasync p50 %.2f ms" % (file_system(folder), sync_p50_ms(folder))
    with open("/proc/sys/net/ipv4/tcp_congestion_control") as name:
        fields["kernel"] = "%s, TCP with %s" % (os.uname().release, name.read().strip())
    fields["jdk"] = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()[1].strip()
    return fields


def file_system(folder):
    best = ("", "unknown")
    with open("/proc/mounts") as mounts:
        for line in mounts:
            device, point, kind = line.split()[:3]
            inside = os.path.realpath(folder) + "/"
            if inside.startswith(point.rstrip("/") + "/") and len(point) >= len(best[0]):
                best = (point, "%s on %s" % (kind, device))
    return best[1]
