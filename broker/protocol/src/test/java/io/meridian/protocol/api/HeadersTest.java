package io.meridian.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadersTest {
    @ParameterizedTest
    @EnumSource
    void headersAreThoseOfKafkaInEveryVersionOfEveryApi(ApiKey key) {
        ApiKeys kafka = ApiKeys.forId(key.number());
        if (!key.hasVersions()) {
            return;
        }
        for (short version = kafka.oldestVersion(); version <= kafka.latestVersion(true); version++) {
            for (String clientId : new String[] {null, "", "café"}) {
                assertRequestHeader(kafka, version, clientId);
            }
            assertResponseHeader(kafka, version);
        }
    }

    private static void assertRequestHeader(ApiKeys kafka, short version, String clientId) {
        RequestHeader ours = new RequestHeader(kafka.id, version, -7, clientId);
        WireWriter writer = new WireWriter();
        ours.write(writer);
        ByteBuffer bytes = writer.toByteBuffer();
        short headerVersion = kafka.requestHeaderVersion(version);

        RequestHeaderData kafkas = new RequestHeaderData(new ByteBufferAccessor(bytes.duplicate()), headerVersion);

        assertThat(kafkas)
                .isEqualTo(new RequestHeaderData()
                        .setRequestApiKey(kafka.id)
                        .setRequestApiVersion(version)
                        .setCorrelationId(-7)
                        .setClientId(clientId));
        assertThat(MessageUtil.toByteBufferAccessor(kafkas, headerVersion).buffer())
                .isEqualTo(bytes);
        WireReader reader = new WireReader(bytes);
        assertThat(RequestHeader.read(reader)).isEqualTo(ours);
        assertThat(reader.remaining()).isZero();
    }

    private static void assertResponseHeader(ApiKeys kafka, short version) {
        WireWriter writer = new WireWriter();
        new ResponseHeader(99).write(writer, kafka.id, version);
        ByteBuffer bytes = writer.toByteBuffer();
        short headerVersion = kafka.responseHeaderVersion(version);

        ResponseHeaderData kafkas = new ResponseHeaderData(new ByteBufferAccessor(bytes.duplicate()), headerVersion);

        assertThat(kafkas.correlationId()).isEqualTo(99);
        assertThat(MessageUtil.toByteBufferAccessor(kafkas, headerVersion).buffer())
                .isEqualTo(bytes);
        WireReader reader = new WireReader(bytes);
        assertThat(ResponseHeader.read(reader, kafka.id, version)).isEqualTo(new ResponseHeader(99));
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void aNewerApiVersionsRequestHasAReadableHeader() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("0012" + "0063" + "00000001" + "000161" + "00"));

        RequestHeader header = RequestHeader.read(new WireReader(bytes));

        assertThat(header).isEqualTo(new RequestHeader((short) 18, (short) 99, 1, "a"));
        assertThat(MessageTypes.responseFlexible((short) 18, (short) 99)).isFalse();
    }

    @Test
    void aHeaderCutAnywhereIsRefused() {
        byte[] whole = HexFormat.of().parseHex("0012" + "0003" + "00000001" + "000161" + "00");
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> RequestHeader.read(new WireReader(cut))).isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void anUnknownApiHasAPlainHeader() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("7fff" + "0000" + "00000001" + "ffff"));

        assertThat(RequestHeader.read(new WireReader(bytes)))
                .isEqualTo(new RequestHeader(Short.MAX_VALUE, (short) 0, 1, null));
    }
}
