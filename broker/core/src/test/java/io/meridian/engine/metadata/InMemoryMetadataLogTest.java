package io.meridian.engine.metadata;

import java.util.ArrayList;
import java.util.List;

class InMemoryMetadataLogTest extends MetadataLogContract {
    private final InMemoryMetadataLog.Disk disk = new InMemoryMetadataLog.Disk();
    private final List<InMemoryMetadataLog> opened = new ArrayList<>();

    @Override
    protected MetadataLog open() {
        InMemoryMetadataLog log = new InMemoryMetadataLog(disk);
        opened.add(log);
        return log;
    }

    @Override
    protected void settle() {
        opened.getLast().run();
    }

    @Override
    protected void crash() {
        opened.getLast().stop();
    }
}
