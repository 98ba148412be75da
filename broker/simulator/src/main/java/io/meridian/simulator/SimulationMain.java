package io.meridian.simulator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;

/// Runs seeds from the command line: `--seeds 1..20000 --workers 2`, `--seed 42` for one, or `--tell 42` for one
/// with everything
/// that happens in it.
///
/// `--hash 1,2,3` prints the trace hash of each seed. Events per second are counted against processor time.
///
/// Prints progress, and for each broken promise one line that repeats it. Exits with 1 when there was any.
public final class SimulationMain {
    private static final long PROGRESS_EVERY = 1_000;

    private final AtomicLong next;
    private final long last;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong tooEasy = new AtomicLong();
    private final AtomicLong busyNs = new AtomicLong();
    private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();

    private SimulationMain(long first, long last) {
        this.next = new AtomicLong(first);
        this.last = last;
    }

    public static void main(String[] arguments) throws InterruptedException {
        long first = 1;
        long last = 1_000;
        int workers = 1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--seed" -> {
                    first = Long.parseLong(value);
                    last = first;
                }
                case "--seeds" -> {
                    String[] bounds = value.split("\\.\\.", 2);
                    first = Long.parseLong(bounds[0]);
                    last = Long.parseLong(bounds[1]);
                }
                case "--tell" -> {
                    System.out.println(Simulation.run(Long.parseLong(value), System.out::println));
                    return;
                }
                case "--hash" -> {
                    printHashes(value);
                    return;
                }
                case "--workers" -> workers = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        System.exit(new SimulationMain(first, last).run(workers) ? 0 : 1);
    }

    private static void printHashes(String seeds) {
        for (String seed : seeds.split(",", -1)) {
            SeedReport report = Simulation.run(Long.parseLong(seed));
            System.out.println(seed + "=" + report.traceHash());
        }
    }

    private boolean run(int workers) throws InterruptedException {
        long count = last - next.get() + 1;
        Thread[] threads = new Thread[workers];
        for (int i = 0; i < workers; i++) {
            threads[i] = new Thread(() -> work(count), "seeds-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        printProgress(count, "done");
        return violations.get() == 0 && tooEasy.get() == 0;
    }

    private void work(long count) {
        for (long seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
            long beganNs = cpu.getCurrentThreadCpuTime();
            SeedReport report = Simulation.run(seed);
            busyNs.addAndGet(cpu.getCurrentThreadCpuTime() - beganNs);
            events.addAndGet(report.events());
            committed.addAndGet(report.committed());
            faults.addAndGet(report.faults());
            if (report.violation() != null) {
                violations.incrementAndGet();
                System.out.println(report.replayLine());
                if (count == 1 && report.cause() != null) {
                    report.cause().printStackTrace(System.out);
                }
            } else if (report.committed() < SimulationBounds.COMMITTED_MIN
                    || report.faults() < SimulationBounds.FAULTS_MIN) {
                tooEasy.incrementAndGet();
                System.out.println("seed " + seed + " is too easy: " + report);
            }
            if (count == 1) {
                System.out.println(report);
            }
            if (seed % PROGRESS_EVERY == 0) {
                printProgress(count, "seed " + seed);
            }
        }
    }

    private void printProgress(long count, String where) {
        double seconds = busyNs.get() / 1e9;
        System.out.printf(
                "%s of %d: %d events, %.0f events/s per core, %d records committed, %d faults, %d violations%n",
                where,
                count,
                events.get(),
                events.get() / Math.max(seconds, 1e-9),
                committed.get(),
                faults.get(),
                violations.get());
    }
}
