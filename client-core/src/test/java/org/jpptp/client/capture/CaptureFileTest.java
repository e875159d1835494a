package org.jpptp.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jpptp.client.explain.capture.CaptureException;
import org.jpptp.client.explain.capture.CaptureReader;
import org.jpptp.client.explain.capture.PcapngWriter.Direction;
import org.junit.jupiter.api.Test;

class CaptureFileTest {
    private static final int MORE_THAN_WAIT = 40_000;

    /** A disk that hangs holds nobody up; what there was no room for is counted. */
    @Test
    void aDiskThatHangsLosesPacketsAndCountsThem() throws IOException, CaptureException {
        CountDownLatch go = new CountDownLatch(1);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            private int writes;

            @Override
            public void write(int octet) {
                octets.write(octet);
            }

            @Override
            public void write(byte[] all, int from, int length) throws IOException {
                octets.write(all, from, length);
                try {
                    if (writes++ > 20) { // behind the head of the file
                        go.await();
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        CaptureFile file = new CaptureFile(slow, "test", "o", "i", UnaryOperator.identity(), lost -> {});
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            file.take(new CaptureFile.Taken(CaptureFile.Place.OUTER, i, Direction.SENT, new byte[20], 20, ""));
        }
        go.countDown();
        Capture.Result result = file.close();
        assertThat(result.whole()).isTrue();
        assertThat(result.dropped()).isPositive();
        assertThat(result.written() + result.dropped()).isEqualTo(MORE_THAN_WAIT);
        CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(octets.toByteArray()));
        int read = 0;
        while (reader.next() != null) {
            read++;
        }
        assertThat(read).isEqualTo((int) result.written());
    }
}
