package io.meridian.simulator.disk;

import io.meridian.base.SeededRandom;

/// The character of one power loss: how much of the unforced work reached the device.
enum PowerLoss {
    KEEPS_EVERYTHING(100, 0),
    LOSES_EVERYTHING(0, 0),
    KEEPS_MOST(85, 60),
    KEEPS_SOME(50, 50),
    TEARS_MOST(10, 90);

    private final int keptPercent;
    private final int tornPercent;

    PowerLoss(int keptPercent, int tornPercent) {
        this.keptPercent = keptPercent;
        this.tornPercent = tornPercent;
    }

    static PowerLoss draw(SeededRandom random) {
        PowerLoss[] all = values();
        return all[random.nextInt(all.length)];
    }

    boolean keeps(SeededRandom random) {
        return random.chance(keptPercent);
    }

    /// Whether a write that was not kept left something behind.
    boolean tears(SeededRandom random) {
        return random.chance(tornPercent);
    }
}
