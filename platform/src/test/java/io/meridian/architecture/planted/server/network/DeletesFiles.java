package io.meridian.architecture.planted.server.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class DeletesFiles {
    void delete(Path path) throws IOException {
        Files.delete(path);
    }
}
