package org.jpptp.client.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** What is weaker than the default in what was agreed on: a sentence for each, which the user is warned with. */
public final class Weaknesses {
    private Weaknesses() {}

    /** Of a method of authentication; empty for those that prove the server. */
    public static Optional<String> of(AuthMethod method) {
        return switch (method) {
            case MSCHAPV2, EAP_MSCHAPV2 -> Optional.empty();
            case MSCHAPV1 ->
                Optional.of("MS-CHAP v1 proves nothing about the server, whoever answered, and encryption after it has"
                        + " the same key in both directions.");
            case CHAP_MD5, EAP_MD5 ->
                Optional.of(method.label()
                        + " proves nothing about the server, whoever answered, and gives no keys to encrypt with.");
            case PAP ->
                Optional.of("PAP sent the password in clear to whoever answered, and to everybody on the way there.");
        };
    }

    /** Of encryption, both directions; none twice. */
    public static List<String> of(PppEvent.EncryptionSettled settled) {
        PppEvent.Coding send = settled.send();
        PppEvent.Coding receive = settled.receive();
        Set<String> sentences = new LinkedHashSet<>();
        if (isClear(send) && isClear(receive)) {
            sentences.add("Nothing is encrypted: everybody on the way can read and change what the tunnel carries.");
        } else if (isClear(send)) {
            sentences.add("What we send is not encrypted: everybody on the way can read and change it.");
        } else if (isClear(receive)) {
            sentences.add("What the server sends is not encrypted: everybody on the way can read and change it.");
        }
        sentences.addAll(of(send));
        sentences.addAll(of(receive));
        return List.copyOf(sentences);
    }

    private static boolean isClear(PppEvent.@Nullable Coding coding) {
        return coding == null || coding.strength() == null;
    }

    private static List<String> of(PppEvent.@Nullable Coding coding) {
        List<String> sentences = new ArrayList<>();
        MppeStrength strength = coding == null ? null : coding.strength();
        if (coding == null || strength == null) {
            return sentences; // in clear, of which all is said
        }
        if (strength != MppeStrength.BITS_128) {
            sentences.add("MPPE keys of " + strength.bits()
                    + " bits are found by trying them all: whoever records the traffic can read it.");
        }
        if (coding.mode() == MppeMode.STATEFUL) {
            sentences.add("Stateful MPPE may use key stream twice after a loss, and lets whoever forges losses read"
                    + " parts of the traffic.");
        }
        if (coding.mppc()) {
            sentences.add("MPPC lets the length of packets depend on what they hold, which tells an eavesdropper"
                    + " something about it in spite of encryption.");
        }
        return sentences;
    }
}
