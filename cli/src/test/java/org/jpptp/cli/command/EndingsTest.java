package org.jpptp.cli.command;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The exit codes that a command's help lists are those that it can end with: each reason for a failure that its code reaches, by
 * whatever calls, whichever class is behind an interface. {@link CommandLineRunner} holds every command that tests run to its list.
 */
class EndingsTest {
    /** They ask which reason it is, and give none. */
    private static final Set<String> READERS = Set.of("ConsoleView", "PhaseTable", "ProbeView");

    /** What commands have codes of their own for, or tell in words only; and what the code alone does not show. */
    private static final Map<String, Set<FailureReason>> APART = Map.of(
            "down",
            // Whoever comes next repairs.
            Set.of(FailureReason.NO_LIBRARIES, FailureReason.NOT_UP_IN_TIME),
            "status",
            Set.of(FailureReason.NO_PRIVILEGE, FailureReason.NO_TUN, FailureReason.NOT_UP_IN_TIME),
            "exec",
            Set.of(FailureReason.NO_PRIVILEGE, FailureReason.NO_LIBRARIES, FailureReason.NOT_UP_IN_TIME),
            "lockdown",
            Set.of(FailureReason.NO_TUN),
            "bugreport",
            Set.of(
                    FailureReason.NO_PRIVILEGE,
                    FailureReason.NO_TUN,
                    FailureReason.NO_LIBRARIES,
                    FailureReason.GRE_BLOCKED,
                    FailureReason.NOT_UP_IN_TIME),
            "explain",
            // Read by their names, in a log of ours.
            Set.of(FailureReason.NO_TUN, FailureReason.NO_LIBRARIES),
            "probe",
            // Encryption is as far as it goes: it makes no interface.
            Set.of(FailureReason.NO_TUN),
            "demo",
            // Nothing brings them about between a server and a client of ours, in namespaces of their own.
            EnumSet.complementOf(EnumSet.of(
                    FailureReason.NO_PRIVILEGE,
                    FailureReason.NO_TUN,
                    FailureReason.NO_LIBRARIES,
                    FailureReason.KEYS_WRONG,
                    FailureReason.ADDRESSES_REFUSED,
                    FailureReason.ENDED_BY_SERVER)));

    /** Of every command: see {@link org.jpptp.cli.usage.Endings#of}. */
    private static final Set<FailureReason> COMMON = Set.of(
            FailureReason.INTERNAL, FailureReason.USAGE, FailureReason.HOST_CHANGE_REFUSED, FailureReason.INTERRUPTED);

    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.jpptp");

    @Test
    void eachListIsWhatItsCommandReaches() {
        SoftAssertions softly = new SoftAssertions();
        for (CommandLine command : CommandLineRunner.all().toList()) {
            String name = command.getCommandName();
            Set<FailureReason> listed = new TreeSet<>();
            for (FailureReason reason : FailureReason.values()) {
                String code = Integer.toString(reason.exitCode());
                if (command.getCommandSpec().usageMessage().exitCodeList().containsKey(code)) {
                    listed.add(reason);
                }
            }
            Set<FailureReason> reached = reached(command.getCommand().getClass());
            for (Set<FailureReason> each : List.of(COMMON, APART.getOrDefault(name, Set.of()))) {
                listed.removeAll(each);
                reached.removeAll(each);
            }
            softly.assertThat(listed).as(name).isEqualTo(reached);
        }
        softly.assertAll();
    }

    private Set<FailureReason> reached(Class<?> command) {
        Set<FailureReason> reasons = new TreeSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>();
        for (Class<?> part = command; part != Object.class; part = part.getSuperclass()) {
            all.get(part).getCodeUnits().stream()
                    .filter(unit -> unit.getName().equals("call"))
                    .forEach(next::add);
        }
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.remove();
            if (seen.add(unit)) {
                reasons.addAll(named(unit));
                called(unit).filter(each -> !isOfAnother(each, command)).forEach(next::add);
            }
        }
        return reasons;
    }

    /** What the help says is no failure, and a probe is the only tunnel of who probes. */
    private static boolean isOfAnother(JavaCodeUnit unit, Class<?> command) {
        return unit.getName().equals("describe")
                || (command == ProbeCommand.class
                        && unit.getOwner().isAssignableTo(TunnelRunner.Tunnel.class)
                        && !unit.getOwner().getSimpleName().equals("ProbeRun"));
    }

    private static List<FailureReason> named(JavaCodeUnit unit) {
        if (READERS.contains(unit.getOwner().getSimpleName())) {
            return List.of();
        }
        Set<String> fields = unit.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(FailureReason.class))
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toSet());
        return Arrays.stream(FailureReason.values())
                .filter(reason -> fields.contains(reason.name()))
                .toList();
    }

    private Stream<JavaCodeUnit> called(JavaCodeUnit unit) {
        return Stream.of(
                        unit.getAccessesFromSelf().stream().map(JavaAccess::getTarget),
                        unit.getMethodReferencesFromSelf().stream().map(JavaAccess::getTarget),
                        unit.getConstructorReferencesFromSelf().stream().map(JavaAccess::getTarget))
                .flatMap(targets -> targets)
                .filter(AccessTarget.CodeUnitAccessTarget.class::isInstance)
                .flatMap(target -> target.resolveMember().stream())
                .map(JavaCodeUnit.class::cast)
                .flatMap(EndingsTest::behind);
    }

    /** It, and what may stand in its place. */
    private static Stream<JavaCodeUnit> behind(JavaCodeUnit unit) {
        if (!unit.getOwner().getPackageName().startsWith("org.jpptp") || unit.isConstructor()) {
            return Stream.of(unit);
        }
        String[] parameters =
                unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return Stream.concat(
                Stream.of(unit),
                unit.getOwner().getAllSubclasses().stream()
                        .flatMap(below -> below.tryGetMethod(unit.getName(), parameters).stream()));
    }
}
