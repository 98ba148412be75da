package io.meridian.platform.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// Logging of the command line: short lines on standard error, our own state changes and everybody's warnings.
///
/// Found by Logback as a service. It is code and not an XML file because reading XML costs a start about a tenth
/// of a second. A `logback.xml` named by `-Dlogback.configurationFile` still wins.
public final class LoggingSetup extends ContextAwareBase implements Configurator {
    /// Set by `--verbose`; also read where an unexpected failure is reported.
    private static final String VERBOSE_PROPERTY = "meridian.verbose";

    /// What is logged may have been chosen by a client: one event is one line, and a terminal is not told to do things.
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %logger{0} %replace(%msg %kvp){'\\p{Cntrl}', '?'}%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder encoder = encoder(context);
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static PatternLayoutEncoder encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    /// For a command that uses a client and ends: nothing is logged, not even loaded, because every failure is
    /// told in one line.
    ///
    /// @param verbose shows the client's log after all
    public static void ofTool(boolean verbose) {
        if (verbose) {
            System.setProperty(VERBOSE_PROPERTY, "true");
            level("org.apache.kafka", Level.INFO);
        } else {
            System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    /// Shows our own timeline and details as well (`--verbose`).
    public static void verbose() {
        System.setProperty(VERBOSE_PROPERTY, "true");
        level("io.meridian", Level.DEBUG);
    }

    /// Whether `--verbose` was given.
    public static boolean isVerbose() {
        return Boolean.getBoolean(VERBOSE_PROPERTY);
    }

    /// Silences the clients' complaints about a node that this process itself keeps killing.
    public static void quietClients() {
        level("org.apache.kafka", Boolean.getBoolean("meridian.clients.loud") ? Level.INFO : Level.OFF);
    }

    private static void level(String logger, Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(logger).setLevel(level);
        }
    }
}
