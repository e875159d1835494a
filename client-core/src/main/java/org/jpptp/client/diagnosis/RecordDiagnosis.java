package org.jpptp.client.diagnosis;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.ppp.text.PeerText;

/** What it means that a capture or a log shows no failure, or cannot be read. */
public final class RecordDiagnosis {
    private static final Remedy CAPTURE = Remedy.of("Record anew with: tcpdump -i any -s 0 -w FILE"
            + " \"tcp port 1723 or proto 47 or icmp\". For a log, switch on pppd's option debug.");

    private RecordDiagnosis() {}

    /** How a tunnel that was up came to its end. */
    public enum End {
        BY_CLIENT,
        NOT_SHOWN
    }

    /** The tunnel was up. */
    public static Verdict wasUp(Duration time, End end) {
        String up = "The tunnel was up for " + words(time);
        return end == End.BY_CLIENT
                ? Verdict.fine(up + ", until the client ended it in order.", Verdict.Confidence.SEEN)
                : Verdict.fine(up + ", and still is where the record ends.", Verdict.Confidence.SEEN);
    }

    /**
     * The tunnel was up, and the client had a reason of its own to end it.
     *
     * @param said its words, escaped
     */
    public static Verdict clientLeft(Duration time, String said) {
        return Verdict.fine(
                "The tunnel was up for " + words(time) + ", until the client ended it: \"" + said
                        + "\". Its own log has more.",
                Verdict.Confidence.SEEN);
    }

    /** Only a tunnel's traffic was recorded, and perhaps its end. */
    public static Verdict onlyTraffic(long packets, End end) {
        String pass = packets == 1 ? "1 datagram passes, " : packets + " datagrams pass, ";
        return Verdict.fine(
                "The record begins in the middle of a tunnel: " + pass
                        + (end == End.BY_CLIENT ? "until the client ends it in order." : "and nothing ends it."),
                Verdict.Confidence.LIKELY);
    }

    /** Of a call nothing was recorded that tells how far it had come. */
    public static Verdict middle(End end) {
        return Verdict.fine(
                end == End.BY_CLIENT
                        ? "The record begins as the client ends the call. It does not show whether the tunnel was up."
                        : "The record begins in the middle of a call, and shows neither how it came up nor how it ended.",
                Verdict.Confidence.LIKELY);
    }

    /** What would tell whether the call was answered is not in the record. */
    public static Verdict lacking() {
        return Verdict.fine(
                "Packets of the control connection are missing from the record. It does not show whether the tunnel was up.",
                Verdict.Confidence.LIKELY);
    }

    /** It was authenticated, and more is not shown, perhaps not even by whom. */
    public static Verdict onlyAuthentication(String user) {
        String whose = user.isEmpty() ? "" : " of \"" + user + "\"";
        return Verdict.fine(
                "The server accepted the name and the password" + whose + ". More is not recorded.",
                Verdict.Confidence.SEEN);
    }

    /** Its filter has kept GRE out. */
    public static Verdict noGre() {
        return Verdict.fine(
                "The call was accepted. The capture has no GRE (IP protocol 47), so it does not show what came of it:"
                        + " record that too.",
                Verdict.Confidence.SEEN);
    }

    /** The record ends too early. */
    public static Verdict undecided(String doing) {
        return Verdict.fine(
                "The record ends while " + doing + ". It does not show what came of it.", Verdict.Confidence.LIKELY);
    }

    /** The password given was used. */
    public static String passwordIsRight(String user) {
        return "The password given is the one that \"" + user + "\" used here.";
    }

    /** The password given was not used. */
    public static String passwordIsWrong(String user) {
        return "The password given is not the one that \"" + user + "\" used here.";
    }

    /** The password given fits the proof of the client, and not that of the server. */
    public static String serverHasAnother() {
        return "The client used the password given, and the server another: its proof is not made with it.";
    }

    /** The password could only be tried on the traffic. */
    public static String passwordDecrypts() {
        return "The password given decrypts the traffic, so it is the one that was used.";
    }

    /** It cannot be checked. */
    public static String passwordNotChecked() {
        return "The password given could not be checked: no challenge with its response is recorded.";
    }

    /** What the log of another program comes to. */
    public static Failure told(LoggedVerdict verdict) {
        return told(verdict.reason(), verdict.sentence(), verdict.remedy(), verdict.windowsError());
    }

    /** A client of ours has said so in its trace; an empty remedy is none. */
    public static Failure told(FailureReason reason, String sentence, String remedy, int windowsError) {
        return new Failure(reason, sentence, remedy.isEmpty() ? Remedy.NONE : Remedy.of(remedy), windowsError);
    }

    /** There is nothing to check it by, and a way to have it. */
    public static String passwordMasked() {
        return "The password given could not be checked: challenge and response are masked in this record. A capture of"
                + " jpptp's own has them where it is told to show secrets.";
    }

    /** The file has nothing in it. */
    public static Failure empty(String file) {
        return unusable("The file " + name(file) + " is empty.");
    }

    /** The file is no capture and no log. */
    public static Failure unknown(String file) {
        return unusable(
                "The file " + name(file) + " is neither a capture nor a log of a PPP program that is known here.");
    }

    /** The file is a capture, and there is nothing of PPTP in it. */
    public static Failure noPptp(String file, long packets) {
        return unusable(
                "The capture " + name(file) + " holds " + packets + " packets, and none of them is PPTP or PPP.");
    }

    /** None of its packets can be taken apart. */
    public static Failure unknownLinkType(String file, long packets) {
        return unusable("The capture " + name(file) + " holds " + packets
                + " packets of a kind of network that is not known here.");
    }

    /** It cannot be opened or read. */
    public static Failure unreadable(String file, String why) {
        return Failure.of(
                FailureReason.NOTHING_TO_EXPLAIN,
                "The file " + name(file) + " cannot be read: " + PeerText.escape(why) + ".",
                "Check its name, and that you may read it.");
    }

    /** A warning: it ends in the middle. */
    public static String cutOff(String file, long packets) {
        return "The capture " + name(file) + " is cut off or damaged behind packet " + packets
                + "; what follows is not explained.";
    }

    private static Failure unusable(String sentence) {
        return Failure.of(FailureReason.NOTHING_TO_EXPLAIN, sentence, CAPTURE);
    }

    private static String name(String file) {
        return "\"" + PeerText.escape(file) + "\"";
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds >= 100
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : Math.round(time.toMillis() / 100.0) / 10.0 + " s";
    }
}
