package io.meridian.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Many seeds. `-Dsimulation.seeds=1..20000` runs others than the usual ones, `-Dsimulation.workers=4` on more
/// threads.
class SimulationTest {
    @Test
    void noSeedBreaksAPromise() throws InterruptedException {
        String[] bounds = System.getProperty("simulation.seeds", "1..2000").split("\\.\\.", 2);
        int workers = Integer.getInteger("simulation.workers", 2);
        AtomicLong next = new AtomicLong(Long.parseLong(bounds[0]));
        long last = Long.parseLong(bounds[1]);
        List<SeedReport> broken = Collections.synchronizedList(new ArrayList<>());
        List<SeedReport> tooEasy = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(() -> {
                for (long seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
                    SeedReport report = Simulation.run(seed);
                    if (report.violation() != null) {
                        broken.add(report);
                    } else if (report.committed() < SimulationBounds.COMMITTED_MIN
                            || report.faults() < SimulationBounds.FAULTS_MIN) {
                        tooEasy.add(report);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(broken.stream().map(SeedReport::replayLine)).isEmpty();
        assertThat(tooEasy).isEmpty();
    }
}
