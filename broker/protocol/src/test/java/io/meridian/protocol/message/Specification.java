package io.meridian.protocol.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A message specification as plain JSON. Shares nothing with the generator under test, on purpose.
final class Specification {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    private final JsonNode root;
    private final Map<String, JsonNode> structs = new HashMap<>();

    private Specification(JsonNode root) {
        this.root = root;
        collectStructs(root);
        root.path("commonStructs").forEach(struct -> {
            structs.put(struct.path("name").asText(), struct);
            collectStructs(struct);
        });
    }

    /// The specification in the `kafka-clients` jar of that name.
    static Specification named(String name) {
        try (InputStream in = Specification.class.getResourceAsStream("/common/message/" + name + ".json")) {
            return new Specification(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode fields() {
        return root.path("fields");
    }

    JsonNode fieldsOf(String struct) {
        return Objects.requireNonNull(structs.get(struct), struct).path("fields");
    }

    boolean isFlexible(short version) {
        return contains(root.path("flexibleVersions").asText("none"), version);
    }

    static boolean contains(String versions, short version) {
        if (versions.equals("none")) {
            return false;
        }
        if (versions.endsWith("+")) {
            return version >= Integer.parseInt(versions.substring(0, versions.length() - 1));
        }
        int dash = versions.indexOf('-');
        int lowest = Integer.parseInt(dash < 0 ? versions : versions.substring(0, dash));
        return version >= lowest && version <= Integer.parseInt(versions.substring(dash + 1));
    }

    private void collectStructs(JsonNode struct) {
        for (JsonNode field : struct.path("fields")) {
            if (field.has("fields")) {
                structs.put(field.path("type").asText().replace("[]", ""), field);
                collectStructs(field);
            }
        }
    }
}
