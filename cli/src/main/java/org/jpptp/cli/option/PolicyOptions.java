package org.jpptp.cli.option;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.OptionWords;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.AuthWords;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import picocli.CommandLine.Model.CommandSpec;

/** What may be agreed on with the server. Whatever is weaker than the default is asked for by name. */
final class PolicyOptions {
    private final Text auth = new Text(
            "--auth", "LIST", "Methods, of mschapv2,eap-mschapv2,mschap,chap,eap-md5,pap. Default: the first two.");

    private final Flag allowMsChap = new Flag("--allow-mschap", "Allow MS-CHAP v1, which does not prove the server.");

    private final Flag allowChap = new Flag("--allow-chap", "Allow CHAP-MD5, which does neither that nor encrypt.");

    private final Flag allowEapMd5 = new Flag("--allow-eap-md5", "Allow EAP-MD5, likewise.");

    private final Flag allowPap = new Flag("--allow-pap", "Allow PAP, which sends the password in clear.");

    private final Text mppe = new Text(
            "--mppe",
            "LIST",
            "Key lengths, of 128,56,40, or any; none: encryption is optional, alone: off. Default: 128.");

    private final Text mode = new Text("--mppe-mode", "MODE", "stateless, stateful or any. Default: stateless.");

    private final Flag mppc = new Flag("--mppc", "Compress where the server does, too.");

    CommandSpec spec() {
        return Arguments.of(auth, allowMsChap, allowChap, allowEapMd5, allowPap, mppe, mode, mppc);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first word that is wrong, or that another one contradicts
     */
    PolicySettings check() {
        Set<AuthMethod> methods = methods();
        MppePolicy policy = mppe();
        if (policy.required() && methods.stream().noneMatch(AuthMethod::yieldsKeys)) {
            String labels = methods.stream().sorted().map(AuthMethod::label).collect(Collectors.joining(" and "));
            throw new UsageException("--auth names " + labels + " only, without keys for MPPE, which is required; add"
                    + " --mppe none to go without encryption.");
        }
        return new PolicySettings(methods, policy);
    }

    private Set<AuthMethod> methods() {
        Set<AuthMethod> permitted = permitted();
        String list = auth.value();
        if (list == null) {
            Set<AuthMethod> methods = EnumSet.copyOf(PolicySettings.DEFAULT.auth());
            methods.addAll(permitted);
            return methods;
        }
        Set<AuthMethod> named = EnumSet.noneOf(AuthMethod.class);
        for (String word : words(auth.name(), list)) {
            named.add(AuthWords.method(word)
                    .orElseThrow(() -> new UsageException("--auth takes a list of mschapv2, eap-mschapv2, mschap, chap,"
                            + " eap-md5 and pap, not '" + Numbers.shown(word) + "'.")));
        }
        for (AuthMethod method : named) {
            if (AuthWords.isWeak(method) && !permitted.contains(method)) {
                throw new UsageException("--auth names " + AuthWords.word(method) + ": " + reservation(method)
                        + "; add " + OptionWords.allow(method) + " if that is acceptable.");
            }
        }
        for (AuthMethod method : permitted) {
            if (!named.contains(method)) {
                throw new UsageException(OptionWords.allow(method) + " allows what --auth leaves out; add "
                        + AuthWords.word(method) + " there, or leave the option out.");
            }
        }
        return named;
    }

    private Set<AuthMethod> permitted() {
        Map<AuthMethod, Boolean> options = new EnumMap<>(Map.of(
                AuthMethod.MSCHAPV1, allowMsChap.isSet(),
                AuthMethod.CHAP_MD5, allowChap.isSet(),
                AuthMethod.EAP_MD5, allowEapMd5.isSet(),
                AuthMethod.PAP, allowPap.isSet()));
        Set<AuthMethod> permitted = EnumSet.noneOf(AuthMethod.class);
        options.forEach((method, allowed) -> {
            if (allowed) {
                permitted.add(method);
            }
        });
        return permitted;
    }

    private static String reservation(AuthMethod method) {
        return switch (method) {
            case PAP -> "PAP sends the password in clear";
            case MSCHAPV1 -> "MS-CHAP v1 does not prove the server";
            default -> method.label() + " does not prove the server, and yields no keys to encrypt with";
        };
    }

    private MppePolicy mppe() {
        Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
        boolean required = true;
        List<String> words = words(mppe.name(), mppe.or("128"));
        for (String word : words) {
            switch (word) {
                case "128" -> strengths.add(MppeStrength.BITS_128);
                case "56" -> strengths.add(MppeStrength.BITS_56);
                case "40" -> strengths.add(MppeStrength.BITS_40);
                case "none" -> required = false;
                case "any" -> {
                    if (!Set.of("any", "none").containsAll(words)) {
                        throw new UsageException("--mppe any means 128,56,40, and stands alone or with none.");
                    }
                    strengths.addAll(EnumSet.allOf(MppeStrength.class));
                }
                default ->
                    throw new UsageException(
                            "--mppe takes a list of 128, 56, 40 and none, or any, not '" + Numbers.shown(word) + "'.");
            }
        }
        if (strengths.isEmpty() && mode.isGiven() && !mppc.isSet()) {
            throw new UsageException("--mppe-mode says how to encrypt, and --mppe none that nothing is encrypted;"
                    + " leave one of them out.");
        }
        return new MppePolicy(required, strengths, modes(), mppc.isSet());
    }

    private Set<MppeMode> modes() {
        String word = mode.or("stateless");
        return switch (word) {
            case "stateless" -> EnumSet.of(MppeMode.STATELESS);
            case "stateful" -> EnumSet.of(MppeMode.STATEFUL);
            case "any" -> EnumSet.allOf(MppeMode.class);
            default ->
                throw new UsageException(
                        "--mppe-mode takes stateless, stateful or any, not '" + Numbers.shown(word) + "'.");
        };
    }

    private static List<String> words(String option, String list) {
        List<String> words = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            if (word.isEmpty()) {
                throw new UsageException(option + " takes a list of words with a comma between two of them, not '"
                        + Numbers.shown(list) + "'.");
            }
            if (words.contains(word)) {
                throw new UsageException(option + " names " + Numbers.shown(word) + " twice.");
            }
            words.add(word);
        }
        return words;
    }
}
