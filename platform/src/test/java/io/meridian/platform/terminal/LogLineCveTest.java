package io.meridian.platform.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineCveTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void anEventIsOneLineWhateverAClientChose() {
        String line = line("peer \r\n12:00:00.000 ERROR all is lost", "\u001b[2J\nmore");
        assertThat(line).endsWith("\n").doesNotContain("\r", "\u001b");
        assertThat(line.strip()).doesNotContain("\n").contains("peer ??12:00:00.000 ERROR all is lost", "?[2J?more");
    }

    @Test
    void nothingIsLookedUpInALine() {
        String asked = "${jndi:ldap://127.0.0.1/x} ${env:HOME} %d{HH}";
        assertThat(line(asked, asked)).containsSubsequence(asked, asked);
    }

    private String line(String message, String value) {
        LoggingEvent event = new LoggingEvent(
                LogLineCveTest.class.getName(), context.getLogger("Connection"), Level.WARN, message, null, null);
        event.addKeyValuePair(new KeyValuePair("error", value));
        return new String(LoggingSetup.encoder(context).encode(event), StandardCharsets.UTF_8);
    }
}
