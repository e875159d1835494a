package org.jpptp.client.explain;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.diagnosis.VendorWords;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.capture.CaptureException;
import org.jpptp.client.explain.capture.CaptureReader;
import org.jpptp.client.explain.capture.Frame;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Inspection;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Tally;
import org.jpptp.client.explain.log.LogReader;
import org.jpptp.client.explain.packet.CallFinder;
import org.jpptp.client.explain.packet.FrameListener;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** Explains files, one after the other, in memory that does not grow with them. */
public final class Explainer {
    /** Tunnels of a file that are explained; more are counted. */
    private static final int MOST_CALLS = 100;

    private static final int BUFFER = 1 << 18;
    /** The longest line that any of the programs writes is a packet of 1500 octets, three characters each. */
    private static final int LONGEST_LINE = 1 << 13;

    /** Of the order of octets, which some programs put in front of UTF-8, too. */
    private static final char MARK = '\uFEFF';

    private final @Nullable Decryption decryption;
    private final Ladders.Secrets secrets;

    /** @param decryption what is known of passwords; null for nothing */
    public Explainer(@Nullable Decryption decryption, Show show) {
        this.decryption = decryption;
        this.secrets = show == Show.SECRETS ? Ladders.Secrets.SHOWN : Ladders.Secrets.SHORTENED;
    }

    /** How much is shown of what a password could be found by. */
    public enum Show {
        BEGINNINGS,
        SECRETS
    }

    /** What is in one file. */
    private final class Found {
        private final String file;
        private final List<Explained> calls = new ArrayList<>();
        private long more;

        Found(String file) {
            this.file = file;
        }

        void take(Call call) {
            boolean empty = call.steps().isEmpty() && call.traffic().octets() == 0;
            if (empty) {
                return;
            }
            if (calls.size() == MOST_CALLS) {
                more++;
                return;
            }
            calls.add(explain(file, call));
        }
    }

    /**
     * Explains a file.
     *
     * @param name as the user knows it
     * @param in its octets; not closed
     * @throws IOException where it cannot be read
     */
    public Explanation explain(String name, InputStream in) throws IOException {
        BufferedInputStream file = new BufferedInputStream(in, BUFFER);
        file.mark(CaptureReader.MAGIC_OCTETS);
        byte[] head = file.readNBytes(CaptureReader.MAGIC_OCTETS);
        file.reset();
        if (head.length == 0) {
            return unusable(RecordDiagnosis.empty(name), List.of());
        }
        if (CaptureReader.isCapture(head)) {
            return capture(name, file);
        }
        return log(name, file, isUtf16(head) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    private static Explanation unusable(Failure why, List<String> warnings) {
        return new Explanation(List.of(), 0, warnings, why);
    }

    private Explanation capture(String name, InputStream file) throws IOException {
        Found found = new Found(name);
        CallFinder finder = new CallFinder(found::take, decryption == null ? FrameListener.NONE : decryption);
        List<String> warnings = new ArrayList<>();
        try {
            CaptureReader reader = CaptureReader.of(file);
            Frame frame = reader.next();
            while (frame != null) {
                finder.frame(frame);
                frame = reader.next();
            }
        } catch (CaptureException e) {
            warnings.add(RecordDiagnosis.cutOff(name, finder.rest().frames));
        }
        finder.end();
        long frames = finder.rest().frames;
        if (found.calls.isEmpty()) {
            boolean unknown = frames > 0 && finder.rest().unknownLinkTypes == frames;
            return unusable(
                    unknown ? RecordDiagnosis.unknownLinkType(name, frames) : RecordDiagnosis.noPptp(name, frames),
                    warnings);
        }
        return new Explanation(found.calls, found.more, warnings, null);
    }

    private Explanation log(String name, InputStream file, Charset charset) throws IOException {
        Found found = new Found(name);
        LogReader reader = new LogReader(found::take);
        Reader text = new BufferedReader(new InputStreamReader(file, charset), BUFFER);
        char[] line = new char[LONGEST_LINE];
        int length = 0;
        for (int character = text.read(); character >= 0; character = text.read()) {
            if (character == '\n') {
                reader.line(text(line, length));
                length = 0;
            } else if (length < LONGEST_LINE && character != MARK) {
                line[length++] = (char) character;
            }
        }
        reader.line(text(line, length));
        reader.end();
        return found.calls.isEmpty()
                ? unusable(RecordDiagnosis.unknown(name), List.of())
                : new Explanation(found.calls, found.more, List.of(), null);
    }

    /** What Windows writes, of which it marks the order of the octets. */
    private static boolean isUtf16(byte[] head) {
        int mark = head.length < 2 ? 0 : (head[0] & 0xFF) << Byte.SIZE | (head[1] & 0xFF);
        return mark == 0xFFFE || mark == 0xFEFF;
    }

    private static String text(char[] line, int length) {
        String text = new String(line, 0, length);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Explains a call that somebody else has recorded. */
    public Explained explain(Call call) {
        return explain("", call);
    }

    private Explained explain(String file, Call call) {
        Inspection inspection = decryption == null ? null : decryption.inspected(call);
        Moment end = call.end();
        Story story = Story.of(call);
        Judge.Judgement judgement = Judge.of(story, inspection == null ? null : new FromInspection(inspection));
        Ladders ladders = new Ladders(call, secrets);
        String vendor = vendor(story, call);
        Verdict verdict = judgement.verdict();
        Failure failure = verdict.failure();
        call.endsAt(end);
        return new Explained(
                file,
                call.client(),
                call.server(),
                PeerText.escape(vendor),
                ladders.of(call.steps()),
                call.leftOut(),
                call.messages(),
                verdict,
                ladders.of(judgement.proofs()),
                failure == null ? null : VendorWords.of(vendor, failure.reason()),
                inspection == null
                        ? null
                        : new Explained.Password(inspection.right(), inspection.password(story.link.auth.user())),
                inspection == null ? 0 : inspection.decrypted(),
                inspection == null ? 0 : inspection.undecrypted(),
                story.link.isUp(),
                story.milestones().all(story),
                story.milestones().weaknesses(story),
                new Explained.Traffic(
                        begun(call),
                        way(call, Side.CLIENT),
                        way(call, Side.SERVER),
                        call.flow().course()));
    }

    /** Logs have the time of day at most. */
    private static @Nullable Instant begun(Call call) {
        long nanos = call.source() == Call.Source.CAPTURE ? call.flow().startNanos() : Moment.NO_TIME;
        return nanos == Moment.NO_TIME ? null : Instant.EPOCH.plusNanos(nanos);
    }

    private static Explained.Way way(Call call, Side from) {
        var gre = call.gre().of(from);
        return new Explained.Way(
                gre.packets,
                gre.acknowledgements,
                gre.malformed,
                call.traffic().of(from, Tally.Cover.ENCRYPTED),
                call.traffic().of(from, Tally.Cover.CLEAR));
    }

    private static String vendor(Story story, Call call) {
        var reply = story.control.startReply();
        if (reply != null && !reply.vendor().isEmpty()) {
            return reply.vendor();
        }
        String author = call.author();
        return author == null || author.startsWith("pp") || author.equals(Judge.OURS) ? "" : author;
    }

    private record FromInspection(Inspection inspection) implements Judge.Check {
        @Override
        public boolean nothingDecrypts() {
            return inspection.nothingDecrypts();
        }
    }
}
