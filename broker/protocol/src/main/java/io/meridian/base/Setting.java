package io.meridian.base;

/// The one declaration of a setting: what it is called, what it takes, what it does. Parsers, checks and the
/// configuration page are made from it.
///
/// @param <T> the type of its value
public final class Setting<T> {
    /// Where a value may be given.
    public enum Scope {
        /// On the command line or in the configuration file of a process.
        PROCESS,
        /// For one topic; process-wide under the names of its synonyms.
        TOPIC
    }

    /// What the number counts.
    public enum Unit {
        NONE(""),
        BYTES("bytes"),
        MILLISECONDS("ms"),
        MINUTES("minutes"),
        HOURS("hours");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// What came of a text.
    public sealed interface Parsed<T> {
        record Value<T>(T value) implements Parsed<T> {}

        record Refused<T>(SettingRefusal refusal) implements Parsed<T> {}
    }

    private final String name;
    private final SettingType<T> type;
    private final T defaultValue;
    private final Unit unit;
    private final Scope scope;
    private final boolean dynamic;
    private final String since;
    private final String meaning;
    private final String consequence;
    private final boolean sensitive;

    private Setting(Builder<T> builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.defaultValue = builder.defaultValue;
        this.unit = builder.unit;
        this.scope = builder.scope;
        this.dynamic = builder.dynamic;
        this.since = builder.since;
        this.meaning = builder.meaning;
        this.consequence = builder.consequence;
        this.sensitive = builder.sensitive;
        Invariant.check(type.parse(type.text(defaultValue)) != null, "the default of " + name + " is refused");
        Invariant.check(meaning.endsWith("."), "the meaning of " + name + " is not a sentence");
    }

    /// Begins a declaration for a process. Finished by [Builder#meaning(String)].
    public static <T> Builder<T> process(String name, SettingType<T> type, T defaultValue) {
        return new Builder<>(name, type, defaultValue, Scope.PROCESS);
    }

    /// Begins a declaration for a topic. Topic settings change without a restart.
    public static <T> Builder<T> topic(String name, SettingType<T> type, T defaultValue) {
        return new Builder<>(name, type, defaultValue, Scope.TOPIC).dynamic();
    }

    public String name() {
        return name;
    }

    public SettingType<T> type() {
        return type;
    }

    public T defaultValue() {
        return defaultValue;
    }

    public String defaultText() {
        return type.text(defaultValue);
    }

    public Unit unit() {
        return unit;
    }

    public Scope scope() {
        return scope;
    }

    /// Whether a change takes effect while the process runs.
    public boolean dynamic() {
        return dynamic;
    }

    /// The first release that has it.
    public String since() {
        return since;
    }

    /// One sentence.
    public String meaning() {
        return meaning;
    }

    /// What raising or lowering it, or choosing another value, brings and costs; empty when the meaning says it.
    public String consequence() {
        return consequence;
    }

    /// Whether its value must be shown to nobody.
    public boolean sensitive() {
        return sensitive;
    }

    /// The value of `text`, or what was found and what is expected.
    public Parsed<T> parse(String text) {
        T value = type.parse(text);
        if (value == null) {
            return new Parsed.Refused<>(new SettingRefusal(name, sensitive ? "(hidden)" : text, expected()));
        }
        return new Parsed.Value<>(value);
    }

    /// What the type takes, with the unit.
    public String expected() {
        return unit == Unit.NONE ? type.expected() : type.expected() + ", in " + unit.label();
    }

    @Override
    public String toString() {
        return name;
    }

    /// A declaration in the making.
    public static final class Builder<T> {
        private final String name;
        private final SettingType<T> type;
        private final T defaultValue;
        private final Scope scope;
        private Unit unit = Unit.NONE;
        private boolean dynamic;
        private String since = "0.1";
        private String meaning = "";
        private String consequence = "";
        private boolean sensitive;

        private Builder(String name, SettingType<T> type, T defaultValue, Scope scope) {
            this.name = name;
            this.type = type;
            this.defaultValue = defaultValue;
            this.scope = scope;
        }

        public Builder<T> in(Unit newUnit) {
            this.unit = newUnit;
            return this;
        }

        public Builder<T> dynamic() {
            this.dynamic = true;
            return this;
        }

        public Builder<T> since(String release) {
            this.since = release;
            return this;
        }

        public Builder<T> sensitive() {
            this.sensitive = true;
            return this;
        }

        public Builder<T> consequence(String sentence) {
            this.consequence = sentence;
            return this;
        }

        /// Finishes the declaration with the sentence that says what the setting does.
        public Setting<T> meaning(String sentence) {
            this.meaning = sentence;
            return new Setting<>(this);
        }
    }
}
