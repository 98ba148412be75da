package io.meridian.simulator.disk;

/// Decides the fate of each storage call before it runs.
@FunctionalInterface
public interface DiskFaults {
    /// Every call succeeds.
    DiskFaults NONE = (index, call, path) -> Fate.SUCCEED;

    /// What happens to one call.
    enum Fate {
        SUCCEED,
        /// It fails with [io.meridian.log.storage.StorageFault.Kind#IO]; a write may have been done in part.
        FAIL,
        /// It fails with [io.meridian.log.storage.StorageFault.Kind#FULL] when it needs space, else it succeeds.
        NO_SPACE,
        /// The process is killed before, within or after the call.
        KILL,
        /// Power is lost before, within or after the call.
        LOSE_POWER
    }

    /// @param index number of the call since the disk was made, from 1
    Fate decide(long index, DiskCall call, String path);

    /// `fate` for the call numbered `index`, success for all others.
    static DiskFaults atCall(long index, Fate fate) {
        return (current, call, path) -> current == index ? fate : Fate.SUCCEED;
    }
}
