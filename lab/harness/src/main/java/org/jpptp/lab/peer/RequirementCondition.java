package org.jpptp.lab.peer;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test whose {@link Requirement} is missing, and says why; fails it where {@link Requirement#STRICT} is set. */
final class RequirementCondition implements ExecutionCondition {
    /** What becomes of a test that cannot run. */
    enum Missing {
        SKIPS,
        FAILS
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return decide(
                context.getElement(), "1".equals(System.getenv(Requirement.STRICT)) ? Missing.FAILS : Missing.SKIPS);
    }

    static ConditionEvaluationResult decide(Optional<AnnotatedElement> element, Missing mode) {
        if (element.isPresent()) {
            for (Annotation annotation : element.get().getAnnotations()) {
                Requires requires = annotation.annotationType().getAnnotation(Requires.class);
                String missing = requires == null ? "" : requires.value().missing();
                if (!missing.isEmpty()) {
                    if (mode == Missing.FAILS) {
                        throw new AssertionError(Requirement.STRICT + " is set, but " + missing);
                    }
                    return ConditionEvaluationResult.disabled(missing);
                }
            }
        }
        return ConditionEvaluationResult.enabled("all that is required is there");
    }
}
