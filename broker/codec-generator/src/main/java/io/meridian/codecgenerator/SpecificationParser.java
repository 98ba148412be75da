package io.meridian.codecgenerator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads one specification: JSON with `//` comments.
final class SpecificationParser {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    private static final Set<String> FIELD_ATTRIBUTES = Set.of(
            "name",
            "type",
            "versions",
            "nullableVersions",
            "taggedVersions",
            "tag",
            "default",
            "ignorable",
            "fields",
            "flexibleVersions",
            "about",
            "entityType",
            "mapKey",
            "zeroCopy");

    private final String name;
    private final MessageSpec.Kind kind;
    private final VersionRange versions;
    private final VersionRange flexible;
    private final Map<String, JsonNode> commonStructs = new LinkedHashMap<>();
    private final Map<String, StructSpec> nested = new LinkedHashMap<>();

    private SpecificationParser(JsonNode root) {
        this.name = text(root, "name");
        this.kind = kind(text(root, "type"));
        this.versions = VersionRange.parse(text(root, "validVersions"));
        this.flexible = range(root, "flexibleVersions", "none").intersect(versions);
        for (JsonNode struct : root.path("commonStructs")) {
            commonStructs.put(text(struct, "name"), struct);
        }
    }

    static MessageSpec parse(String json) throws IOException {
        JsonNode root = JSON.readTree(json);
        return new SpecificationParser(root).message(root);
    }

    private MessageSpec message(JsonNode root) {
        StructSpec self = new StructSpec(name, name, versions, fields(root, versions));
        for (JsonNode struct : commonStructs.values()) {
            addNested(
                    text(struct, "name"),
                    struct,
                    range(struct, "versions", "0+").intersect(versions));
        }
        return new MessageSpec(
                name,
                kind,
                root.path("apiKey").asInt(-1),
                versions,
                flexible,
                root.path("latestVersionUnstable").asBoolean(false),
                self,
                nested);
    }

    private MessageSpec.Kind kind(String type) {
        return switch (type) {
            case "request" -> MessageSpec.Kind.REQUEST;
            case "response" -> MessageSpec.Kind.RESPONSE;
            case "header" -> MessageSpec.Kind.HEADER;
            case "data" -> MessageSpec.Kind.DATA;
            default -> throw new SpecificationException(name + ": unknown message type " + type);
        };
    }

    private List<FieldSpec> fields(JsonNode struct, VersionRange within) {
        List<FieldSpec> fields = new ArrayList<>();
        for (JsonNode node : struct.path("fields")) {
            VersionRange fieldVersions = range(node, "versions", "none").intersect(within);
            if (!fieldVersions.isEmpty()) {
                fields.add(field(node, fieldVersions));
            }
        }
        refuseRepeatedTags(fields);
        return List.copyOf(fields);
    }

    private FieldSpec field(JsonNode node, VersionRange fieldVersions) {
        refuseUnknownAttributes(node);
        FieldType type = FieldType.parse(text(node, "type"));
        if (node.has("fields")) {
            addNested(structName(type), node, fieldVersions);
        }
        VersionRange tagged = range(node, "taggedVersions", "none").intersect(fieldVersions);
        if (!flexible.covers(tagged)) {
            throw new SpecificationException(name + ": tagged fields need flexible versions");
        }
        JsonNode specifiedDefault = node.get("default");
        VersionRange nullable = range(node, "nullableVersions", "none").intersect(fieldVersions);
        if (specifiedDefault != null && specifiedDefault.asText().equals("null") && nullable.isEmpty()) {
            throw new SpecificationException(name + ": null is the default of a field that is never null: " + node);
        }
        return new FieldSpec(
                lowerCamel(text(node, "name")),
                type,
                fieldVersions,
                nullable,
                tagged,
                node.path("tag").asInt(-1),
                specifiedDefault == null ? null : specifiedDefault.asText(),
                node.path("ignorable").asBoolean(false));
    }

    private void addNested(String structName, JsonNode node, VersionRange structVersions) {
        List<FieldSpec> fields = fields(node, structVersions);
        StructSpec struct = new StructSpec(structName, name + "." + structName, structVersions, fields);
        if (nested.put(structName, struct) != null) {
            throw new SpecificationException(name + ": two structs are named " + structName);
        }
    }

    private String structName(FieldType type) {
        return switch (type) {
            case FieldType.Struct(String struct) -> struct;
            case FieldType.Array(FieldType.Struct(String struct)) -> struct;
            case FieldType.Array _, FieldType.Scalar _ ->
                throw new SpecificationException(name + ": only structs have fields, found " + type);
        };
    }

    /// A misspelled attribute would otherwise be one that is not there.
    private void refuseUnknownAttributes(JsonNode field) {
        for (String attribute : (Iterable<String>) field::fieldNames) {
            if (!FIELD_ATTRIBUTES.contains(attribute)) {
                throw new SpecificationException(name + ": unknown attribute " + attribute + " in " + field);
            }
        }
        if (field.has("flexibleVersions") && kind != MessageSpec.Kind.HEADER) {
            throw new SpecificationException(name + ": only fields of headers have flexible versions of their own");
        }
    }

    private void refuseRepeatedTags(List<FieldSpec> fields) {
        Set<Integer> tags = new HashSet<>();
        for (FieldSpec field : fields) {
            if (!field.taggedVersions().isEmpty() && (field.tag() < 0 || !tags.add(field.tag()))) {
                throw new SpecificationException(
                        name + ": " + field.name() + " has tag " + field.tag() + ", missing or taken");
            }
        }
    }

    private static VersionRange range(JsonNode node, String key, String otherwise) {
        return VersionRange.parse(node.path(key).asText(otherwise));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new SpecificationException("a specification lacks " + key + " in " + node);
        }
        return value.asText();
    }

    private static String lowerCamel(String specified) {
        return specified.substring(0, 1).toLowerCase(Locale.ROOT) + specified.substring(1);
    }
}
