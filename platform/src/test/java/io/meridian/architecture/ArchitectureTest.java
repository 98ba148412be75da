package io.meridian.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String PRODUCTION = "io.meridian";
    private static final String PLANTED = "io.meridian.architecture.planted";

    @TestFactory
    Stream<DynamicTest> everyModuleKeepsTheRule() {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PRODUCTION);
        return new ImportRules(PRODUCTION)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> rule.getValue().allowEmptyShould(true).check(production)));
    }

    @TestFactory
    Stream<DynamicTest> aPlantedViolationIsReported() {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);
        Map<String, String> culprits = culprits();
        return new ImportRules(PLANTED)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThat(rule.getValue()
                                                .evaluate(planted)
                                                .getFailureReport()
                                                .getDetails())
                                        .anyMatch(detail ->
                                                detail.contains(String.valueOf(culprits.get(rule.getKey()))))));
    }

    @Test
    void everyRuleHasAPlantedViolation() {
        assertThat(culprits().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        new ImportRules(PLANTED).all().keySet());
    }

    @Test
    void theClassesOfEveryModuleAreSeen() {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PRODUCTION);
        assertThat(production.contain("io.meridian.base.Invariant")).isTrue();
        assertThat(production.contain("io.meridian.platform.Main")).isTrue();
        assertThat(production.contain("io.meridian.architecture.ImportRules")).isFalse();
    }

    private static Map<String, String> culprits() {
        Map<String, String> culprits = new LinkedHashMap<>();
        culprits.put("cycles", "planted.cycle");
        culprits.put("pure imports", "LocksItself");
        culprits.put("pure Netty", "KnowsNetty");
        culprits.put("pure calls", "ReadsTheClock");
        culprits.put("Vert.x", "StartsVertx");
        culprits.put("Ratis", "KnowsRatis");
        culprits.put("disk", "DeletesFiles");
        culprits.put("engine layers", "CallsTheHandler");
        culprits.put("log", "ReadsTheLog");
        culprits.put("static state", "CountsInAStatic");
        culprits.put("iteration order", "CopiesAMap");
        culprits.put("Raft words", "RaftTerm");
        culprits.put("class names", "OffsetUtils");
        culprits.put("module order", "KnowsTheEngine");
        return culprits;
    }
}
