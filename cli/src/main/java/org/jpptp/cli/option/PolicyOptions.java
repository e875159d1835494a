package org.jpptp.cli.option;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.OptionWords;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.AuthWords;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be agreed on with the server. Whatever is weaker than the default is asked for by name. */
final class PolicyOptions {
    @Option(
            names = "--auth",
            paramLabel = "LIST",
            description = "Methods, of mschapv2,eap-mschapv2,mschap,chap,eap-md5,pap. Default: the first two.")
    @Nullable
    String auth;

    @Option(names = "--allow-mschap", description = "Allow MS-CHAP v1, which does not prove the server.")
    boolean allowMsChap;

    @Option(names = "--allow-chap", description = "Allow CHAP-MD5, which does neither that nor encrypt.")
    boolean allowChap;

    @Option(names = "--allow-eap-md5", description = "Allow EAP-MD5, likewise.")
    boolean allowEapMd5;

    @Option(names = "--allow-pap", description = "Allow PAP, which sends the password in clear.")
    boolean allowPap;

    @Option(
            names = "--mppe",
            paramLabel = "LIST",
            description = "Key lengths, of 128,56,40, or any; none: encryption is optional, alone: off. Default: 128.")
    @Nullable
    String mppe;

    @Option(names = "--mppe-mode", paramLabel = "MODE", description = "stateless, stateful or any. Default: stateless.")
    @Nullable
    String mode;

    @Option(names = "--mppc", description = "Compress where the server does, too.")
    boolean mppc;

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
        if (auth == null) {
            Set<AuthMethod> methods = EnumSet.copyOf(PolicySettings.DEFAULT.auth());
            methods.addAll(permitted);
            return methods;
        }
        Set<AuthMethod> named = EnumSet.noneOf(AuthMethod.class);
        for (String word : words("--auth", auth)) {
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
                AuthMethod.MSCHAPV1, allowMsChap,
                AuthMethod.CHAP_MD5, allowChap,
                AuthMethod.EAP_MD5, allowEapMd5,
                AuthMethod.PAP, allowPap));
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
        List<String> words = mppe == null ? List.of("128") : words("--mppe", mppe);
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
        if (strengths.isEmpty() && mode != null && !mppc) {
            throw new UsageException("--mppe-mode says how to encrypt, and --mppe none that nothing is encrypted;"
                    + " leave one of them out.");
        }
        return new MppePolicy(required, strengths, modes(), mppc);
    }

    private Set<MppeMode> modes() {
        return switch (mode == null ? "stateless" : mode) {
            case "stateless" -> EnumSet.of(MppeMode.STATELESS);
            case "stateful" -> EnumSet.of(MppeMode.STATEFUL);
            case "any" -> EnumSet.allOf(MppeMode.class);
            default ->
                throw new UsageException("--mppe-mode takes stateless, stateful or any, not '"
                        + Numbers.shown(String.valueOf(mode)) + "'.");
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
