package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AccessRulesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Actor OWNER = new Actor("ana", "Ana", Role.OWNER);
  private static final Actor EDITOR = new Actor("bo", "Bo", Role.EDITOR);

  private Document document = Document.empty();

  @Test
  void aRoomThatNamesNobodyGoesByTheClaims() {
    assertThat(AccessRules.roleIn(document, "bo", Role.VIEWER)).isEqualTo(Role.VIEWER);
  }

  @Test
  void aGrantWinsOverTheClaims() {
    does(OWNER, "access.grant", "{\"user\":\"bo\",\"role\":\"viewer\"}");
    assertThat(AccessRules.roleIn(document, "bo", Role.OWNER)).isEqualTo(Role.VIEWER);
    assertThat(AccessRules.roleIn(document, "cy", Role.OWNER)).isEqualTo(Role.OWNER);
  }

  @Test
  void aRevokedUserDoesNotComeBackByAClaim() {
    does(OWNER, "access.revoke", "{\"user\":\"bo\"}");
    assertThat(AccessRules.roleIn(document, "bo", Role.OWNER)).isEqualTo(Role.NONE);
    assertThat(document.toString()).isEqualTo("{\"access\":{\"bo\":{\"role\":\"none\"}}}");
  }

  @Test
  void aRevokedUserCanBeGrantedAgain() {
    does(OWNER, "access.revoke", "{\"user\":\"bo\"}");
    does(OWNER, "access.grant", "{\"user\":\"bo\",\"role\":\"editor\"}");
    assertThat(AccessRules.roleIn(document, "bo", Role.NONE)).isEqualTo(Role.EDITOR);
  }

  @Test
  void onlyOwnersChangeAccess() {
    assertThat(refusal(EDITOR, "access.grant", "{\"user\":\"bo\",\"role\":\"owner\"}"))
        .isEqualTo(Code.FORBIDDEN);
    assertThat(refusal(EDITOR, "access.revoke", "{\"user\":\"ana\"}")).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void ownersDoNotTakeAwayTheirOwnRoleSoThatOneAlwaysStays() {
    assertThat(refusal(OWNER, "access.revoke", "{\"user\":\"ana\"}")).isEqualTo(Code.RULE);
    assertThat(refusal(OWNER, "access.grant", "{\"user\":\"ana\",\"role\":\"editor\"}"))
        .isEqualTo(Code.RULE);
    does(OWNER, "access.grant", "{\"user\":\"ana\",\"role\":\"owner\"}");
  }

  @Test
  void anEntryThatNobodyUnderstandsGivesNoAccess() {
    document = Document.of(json("{\"access\":{\"bo\":{\"role\":\"king\"},\"cy\":{\"role\":1}}}"));
    assertThat(AccessRules.roleIn(document, "bo", Role.OWNER)).isEqualTo(Role.NONE);
    assertThat(AccessRules.roleIn(document, "cy", Role.OWNER)).isEqualTo(Role.NONE);
  }

  @Test
  void badArgumentsAreNamed() {
    assertPath("access.grant", "{\"user\":\"bo\"}", "args.role");
    assertPath("access.grant", "{\"user\":\"bo\",\"role\":\"king\"}", "args.role");
    assertPath("access.grant", "{\"user\":\"bo\",\"role\":\"none\"}", "args.role");
    assertPath("access.grant", "{\"user\":\"bo\",\"role\":2}", "args.role");
    assertPath("access.grant", "{\"user\":7,\"role\":\"editor\"}", "args.user");
    assertPath("access.revoke", "{\"user\":\"__proto__\"}", "args.user");
    assertThatThrownBy(() -> AccessRules.parse("access.gift", json("{}")))
        .isInstanceOfSatisfying(
            InvalidMessage.class, e -> assertThat(e.code()).isEqualTo(Code.UNKNOWN_COMMAND));
  }

  @Test
  void aRoomNamesOnlySoManyUsers() {
    ObjectNode entries = JSON.createObjectNode();
    for (int i = 0; i < AccessRules.MAX_ENTRIES; i++) {
      entries.putObject("u" + i).put("role", "viewer");
    }
    ObjectNode whole = JSON.createObjectNode();
    whole.set("access", entries);
    document = Document.of(whole);
    assertThat(refusal(OWNER, "access.revoke", "{\"user\":\"bo\"}")).isEqualTo(Code.RULE);
    does(OWNER, "access.revoke", "{\"user\":\"u7\"}");
  }

  private void does(Actor actor, String name, String args) {
    Decision decision = AccessRules.decide(document, AccessRules.parse(name, json(args)), actor);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    document = document.apply(((Decision.Accepted) decision).change().patchOn(document));
  }

  private Code refusal(Actor actor, String name, String args) {
    Decision decision = AccessRules.decide(document, AccessRules.parse(name, json(args)), actor);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).code();
  }

  private static void assertPath(String name, String args, String path) {
    assertThatThrownBy(() -> AccessRules.parse(name, json(args)))
        .isInstanceOfSatisfying(InvalidMessage.class, e -> assertThat(e.path()).hasValue(path));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text);
  }
}
