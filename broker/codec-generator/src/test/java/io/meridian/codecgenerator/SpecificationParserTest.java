package io.meridian.codecgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificationParserTest {
    private static final String MESSAGE = """
            // A comment.
            { "type": "data", "name": "TopicNote", "validVersions": "0-2", "flexibleVersions": "1+",
              "commonStructs": [ { "name": "Place", "versions": "0+", "fields": [
                  { "name": "Rack", "type": "string", "versions": "0+" } ]} ],
              "fields": [ FIELDS ] }
            """;

    @Test
    void structsAreFoundByName() throws IOException {
        MessageSpec message = parse("""
                { "name": "Places", "type": "[]Place", "versions": "1+" },
                { "name": "Owner", "type": "Owner", "versions": "2+", "nullableVersions": "2+", "default": "null",
                  "fields": [ { "name": "Id", "type": "int64", "versions": "0+", "default": "-1" } ]}
                """);

        assertThat(message.nested()).containsOnlyKeys("Place", "Owner");
        assertThat(message.struct("Owner").versions()).hasToString("2");
        assertThat(message.root().fields()).extracting(FieldSpec::name).containsExactly("places", "owner");
        assertThat(message.flexible()).hasToString("1-2");
    }

    @Test
    void fieldsOfNoVersionAreLeftOut() throws IOException {
        assertThat(parse("{ \"name\": \"Old\", \"type\": \"int8\", \"versions\": \"5+\" }")
                        .root()
                        .fields())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\": \"int31\", \"versions\": \"0+\" | unknown type int31",
                "\"type\": \"int8\", \"version\": \"0+\", \"versions\": \"0+\" | unknown attribute version",
                "\"type\": \"int8\", \"versions\": \"0+\", \"taggedVersions\": \"0+\", \"tag\": 0 | need flexible versions",
                "\"type\": \"int8\", \"versions\": \"1+\", \"taggedVersions\": \"1+\" | has tag -1",
                "\"type\": \"string\", \"versions\": \"0+\", \"default\": \"null\" | never null",
                "\"type\": \"int8\", \"versions\": \"0+\", \"fields\": [] | only structs have fields"
            })
    void mistakesAreNamed(String attributes, String fault) {
        assertThatThrownBy(() -> parse("{ \"name\": \"Wrong\", " + attributes + " }"))
                .isInstanceOf(SpecificationException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void theSmallestElementBoundsACount() throws IOException {
        MessageSpec message = parse("""
                { "name": "Topics", "type": "[]Topic", "versions": "0+", "fields": [
                  { "name": "Name", "type": "string", "versions": "0+" },
                  { "name": "Id", "type": "uuid", "versions": "2+" },
                  { "name": "Partitions", "type": "[]int32", "versions": "0+" } ]}
                """);
        FieldType topic = new FieldType.Struct("Topic");

        assertThat(WireSize.minimum(message, topic, VersionRange.parse("0"))).isEqualTo(2 + 4);
        assertThat(WireSize.minimum(message, topic, VersionRange.parse("1"))).isEqualTo(1 + 1 + 1);
        assertThat(WireSize.minimum(message, topic, VersionRange.parse("2"))).isEqualTo(1 + 16 + 1 + 1);
        assertThat(WireSize.minimum(message, topic, VersionRange.parse("0-2"))).isEqualTo(3);
    }

    private static MessageSpec parse(String fields) throws IOException {
        return SpecificationParser.parse(MESSAGE.replace("FIELDS", fields));
    }
}
