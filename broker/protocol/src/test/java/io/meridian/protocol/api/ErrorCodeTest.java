package io.meridian.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void numbersNamesAndRetriabilityAreThoseOfKafka() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .map(error -> error.code() + " " + error + " " + error.isRetriable()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Errors.values())
                        .map(error ->
                                error.code() + " " + error + " " + (error.exception() instanceof RetriableException))
                        .toList());
    }

    @Test
    void everyErrorIsFoundByItsNumber() {
        assertThat(ErrorCode.values()).allSatisfy(error -> {
            assertThat(ErrorCode.of(error.code())).isSameAs(error);
            assertThat(error.meaning()).endsWith(".");
        });
    }

    @Test
    void aNumberOfANewerPeerIsAnUnknownServerError() {
        assertThat(ErrorCode.of((short) 30_000)).isSameAs(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(ErrorCode.of((short) -2)).isSameAs(ErrorCode.UNKNOWN_SERVER_ERROR);
    }
}
