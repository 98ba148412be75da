package io.meridian.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.FetchableTopicResponse;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.meridian.protocol.message.ProduceResponse.TopicProduceResponse;
import io.meridian.protocol.wire.ResponseMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseErrorsTest {
    private static List<Integer> errorsOf(ResponseMessage response) {
        List<Integer> errors = new ArrayList<>();
        ResponseErrors.forEach(response, errorCode -> errors.add((int) errorCode));
        return errors;
    }

    @Test
    void eachRefusedPartitionIsOneError() {
        PartitionProduceResponse fine = PartitionProduceResponse.DEFAULT;
        PartitionProduceResponse refused = fine.withErrorCode((short) 19);
        TopicProduceResponse topic =
                TopicProduceResponse.DEFAULT.withPartitionResponses(List.of(fine, refused, refused));

        assertThat(errorsOf(ProduceResponse.DEFAULT.withResponses(List.of(topic))))
                .containsExactly(19, 19);
    }

    @Test
    void errorOfTheWholeResponseIsOne() {
        assertThat(errorsOf(FetchResponse.DEFAULT
                        .withErrorCode((short) 70)
                        .withResponses(List.of(FetchableTopicResponse.DEFAULT))))
                .containsExactly(70);
        assertThat(errorsOf(HeartbeatResponse.DEFAULT.withErrorCode((short) 27)))
                .containsExactly(27);
    }

    @Test
    void responseWithoutErrorsHasNone() {
        assertThat(errorsOf(HeartbeatResponse.DEFAULT)).isEmpty();
        assertThat(errorsOf(ProduceResponse.DEFAULT)).isEmpty();
    }
}
