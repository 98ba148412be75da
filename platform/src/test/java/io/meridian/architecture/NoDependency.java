package io.meridian.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiPredicate;

/// A class has no dependency whose origin and target satisfy a predicate.
final class NoDependency extends ArchCondition<JavaClass> {
    private final BiPredicate<JavaClass, JavaClass> forbidden;

    NoDependency(String description, BiPredicate<JavaClass, JavaClass> forbidden) {
        super("have no dependency " + description);
        this.forbidden = forbidden;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        origin.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> forbidden.test(origin, dependency.getTargetClass()))
                .forEach(dependency -> events.add(SimpleConditionEvent.violated(origin, dependency.getDescription())));
    }
}
