package io.meridian.codecgenerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The rare shapes; that the common ones work is tested with the messages themselves.
class RecordWriterTest {
    @Test
    void aFieldMayBecomeNullableLater() throws IOException {
        String source = source("{ \"name\": \"Rack\", \"type\": \"string\", \"versions\": \"0+\","
                + " \"nullableVersions\": \"2+\", \"ignorable\": true }");

        assertThat(source)
                .contains("TopicNote(@Nullable String rack)")
                .contains("version == 2 ? reader.readNullableString(\"TopicNote.rack\", flexible)"
                        + " : reader.readString(\"TopicNote.rack\", flexible)")
                .contains("writer.writeString(\"TopicNote.rack\","
                        + " FieldSupport.present(\"TopicNote.rack\", rack, version), flexible);");
    }

    @Test
    void aFieldMayBecomeATaggedOneLater() throws IOException {
        String source = source("{ \"name\": \"Count\", \"type\": \"int32\", \"versions\": \"0+\","
                + " \"taggedVersions\": \"2+\", \"tag\": 4, \"default\": \"0x10\" }");

        assertThat(source)
                .contains("int count = version <= 1 ? reader.readInt32(\"TopicNote.count\") : 16;")
                .contains("if (tag == 4 && version == 2) {")
                .contains("boolean hasCount = version == 2 && count != 16;")
                .contains("writer.writeTagHeader(4, 4);");
    }

    @Test
    void aTaggedStructMayBeNull() throws IOException {
        String source = source(
                "{ \"name\": \"Owner\", \"type\": \"Owner\", \"versions\": \"1+\","
                        + " \"taggedVersions\": \"1+\", \"tag\": 0, \"nullableVersions\": \"1+\", \"default\": \"null\","
                        + " \"ignorable\": true, \"fields\": [ { \"name\": \"Id\", \"type\": \"int64\", \"versions\": \"1+\" } ] }");

        assertThat(source)
                .contains("owner = reader.readPresence(\"TopicNote.owner\") ? Owner.read(reader, version) : null;")
                .contains("ownerWriter.writeNullableStruct(owner, version);");
    }

    @Test
    void aFieldNamedAsAParameterIsKeptApartFromIt() throws IOException {
        String source = source("{ \"name\": \"Version\", \"type\": \"int16\", \"versions\": \"0+\" }");

        assertThat(source)
                .contains("short versionValue = reader.readInt16(\"TopicNote.version\");")
                .contains("writer.writeInt16(this.version);");
    }

    private static String source(String field) throws IOException {
        return RecordWriter.source(SpecificationParser.parse("{ \"type\": \"data\", \"name\": \"TopicNote\","
                + " \"validVersions\": \"0-2\", \"flexibleVersions\": \"1+\", \"fields\": [ " + field + " ] }"));
    }
}
