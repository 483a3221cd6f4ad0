package dev.tutti;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The arrows of ARCHITECTURE.md, held by the class files. {@code Main} and {@code cli} wire
 * everything together, so they may see everything.
 */
class ArchitectureTest {
  private static final JavaClasses TUTTI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tutti");

  @Test
  void nettyLivesInTheTransportAndInTheClients() {
    only(
        "io.netty..",
        "dev.tutti.transport..",
        "dev.tutti.sources..",
        "dev.tutti.load..",
        "dev.tutti.probe..");
  }

  @Test
  void sqlLivesInPostgres() {
    only("java.sql..", "dev.tutti.postgres..");
    only("javax.sql..", "dev.tutti.postgres..");
    only("org.postgresql..", "dev.tutti.postgres..");
    only("com.zaxxer.hikari..", "dev.tutti.postgres..");
    only("org.flywaydb..", "dev.tutti.postgres..");
    only("io.zonky..", "dev.tutti.postgres..");
  }

  @Test
  void lettuceLivesInRedis() {
    only("io.lettuce..", "dev.tutti.redis..", "dev.tutti.chaos..");
  }

  @Test
  void theProtocolKnowsNothingOfTheServer() {
    knowsOnly("protocol");
  }

  @Test
  void theRulesKnowTheProtocolAlone() {
    knowsOnly("rules", "protocol");
  }

  @Test
  void theJournalPortKnowsTheProtocolAlone() {
    knowsOnly("journal", "protocol");
  }

  @Test
  void theClientsKnowTheProtocolAlone() {
    knowsOnly("load", "probe", "protocol");
    knowsOnly("probe", "protocol");
    knowsOnly("client", "protocol");
    knowsOnly("terminal", "client", "protocol");
  }

  @Test
  void theServerDoesNotKnowItsClients() {
    only("dev.tutti.load..", "dev.tutti.load..");
    only("dev.tutti.probe..", "dev.tutti.probe..", "dev.tutti.load..", "dev.tutti.chaos..");
    only("dev.tutti.client..", "dev.tutti.client..", "dev.tutti.terminal..");
    only("dev.tutti.terminal..", "dev.tutti.terminal..");
  }

  @Test
  void aRoomKnowsNeitherSocketsNorTheDatabase() {
    knowsNothingOf("room", "transport", "session", "postgres", "redis");
  }

  @Test
  void fanOutKnowsNoRooms() {
    knowsNothingOf("fanout", "room", "session", "transport", "journal", "postgres", "redis");
  }

  @Test
  void aSessionKnowsNoSockets() {
    knowsNothingOf("session", "transport", "postgres", "redis");
  }

  @Test
  void theAdaptersDoNotKnowEachOther() {
    knowsNothingOf("postgres", "transport", "session", "room", "fanout", "redis");
    knowsNothingOf("redis", "transport", "session", "room", "fanout", "postgres");
    knowsNothingOf("transport", "postgres", "redis");
  }

  @Test
  void packagesFormNoCycles() {
    check(slices().matching("dev.tutti.(*)..").should().beFreeOfCycles());
  }

  @Test
  void everyPackageSaysThatItHoldsNoNulls() {
    assertThat(TUTTI.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .filteredOn(of -> !of.isAnnotatedWith(NullMarked.class))
        .extracting(JavaPackage::getName)
        .isEmpty();
  }

  @Test
  void aNameSaysWhatAThingIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Utils?|Helpers?|Impl|Base|Abstract\\w*)")
            .because("such a name hides the noun that is missing"));
  }

  /** Classes outside the homes, and outside the wiring, depend on nothing in the package. */
  private static void only(String of, String... homes) {
    check(
        noClasses()
            .that(not(resideInAnyPackage(homes)))
            .and(not(resideInAnyPackage("dev.tutti", "dev.tutti.cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(of));
  }

  private static void knowsOnly(String name, String... others) {
    var own = resideInAPackage(within(name));
    var known = resideInAnyPackage(within(others));
    check(
        classes()
            .that(own)
            .should()
            .onlyDependOnClassesThat(own.or(known).or(not(resideInAPackage("dev.tutti..")))));
  }

  private static void knowsNothingOf(String name, String... others) {
    check(
        noClasses()
            .that()
            .resideInAPackage(within(name))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(within(others)));
  }

  private static String within(String name) {
    return "dev.tutti." + name + "..";
  }

  private static String[] within(String... names) {
    var within = new String[names.length];
    Arrays.setAll(within, i -> within(names[i]));
    return within;
  }

  /** A package that is not there yet keeps every rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(TUTTI);
  }
}
