package dev.tutti.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Signs and opens compact tokens with one key and one algorithm. What the header says is never
 * followed: it must say HS256, and a type from a fixed set; keys and links in it are not looked at.
 */
final class Hs256 {
  static final int MAX_TOKEN_CHARS = 8 * 1024;

  private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private final byte[] key;
  private final String type;
  private final Set<String> types;

  /**
   * @param type the {@code typ} of what is signed here
   * @param types the values of {@code typ} that are opened, in lower case; empty text = none given
   */
  Hs256(Secret secret, String type, Set<String> types) {
    this.key = secret.key();
    this.type = type;
    this.types = types;
  }

  String sign(Map<String, Object> claims) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).build();
    JWSObject token = new JWSObject(header, new Payload(new LinkedHashMap<>(claims)));
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A secret is always long enough for HS256.", e);
    }
    return token.serialize();
  }

  /** The claims, once the signature is known to be good. Times and names are not yet checked. */
  Claims open(String token) throws TokenRefused {
    JWSObject parsed = parse(token);
    JWSHeader header = parsed.getHeader();
    if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
      throw TokenRefused.because("Its algorithm is not HS256.");
    }
    if (!types.contains(typeOf(header))) {
      throw TokenRefused.because("Its typ is of another kind of token.");
    }
    if (!header.isBase64URLEncodePayload()) {
      throw TokenRefused.because("Its payload is not encoded.");
    }
    if (!signedWithThisKey(parsed)) {
      throw TokenRefused.because("Its signature is not by this server's secret.");
    }
    Map<String, Object> claims = parsed.getPayload().toJSONObject();
    if (claims == null) {
      throw TokenRefused.because("Its claims are not a JSON object.");
    }
    return new Claims(Map.copyOf(withoutNulls(claims)));
  }

  /** The {@code typ} in a token's header in lower case, believed by nobody; empty where none. */
  static String typeOf(String token) {
    try {
      return typeOf(parse(token).getHeader());
    } catch (TokenRefused e) {
      return "";
    }
  }

  private static JWSObject parse(String token) throws TokenRefused {
    if (token.length() > MAX_TOKEN_CHARS) {
      throw TokenRefused.because("It has over " + MAX_TOKEN_CHARS + " characters.");
    }
    if (!COMPACT.matcher(token).matches()) {
      throw TokenRefused.because("It is not three parts of base64url.");
    }
    try {
      return JWSObject.parse(token);
    } catch (ParseException | IllegalArgumentException e) {
      throw TokenRefused.because("Its header is not that of a signed token.");
    }
  }

  private boolean signedWithThisKey(JWSObject token) throws TokenRefused {
    try {
      return token.verify(new MACVerifier(key));
    } catch (JOSEException | IllegalStateException e) {
      throw TokenRefused.because("Its signature cannot be checked.");
    }
  }

  private static String typeOf(JWSHeader header) {
    JOSEObjectType type = header.getType();
    return type == null ? "" : type.getType().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> claims) {
    Map<String, Object> present = new LinkedHashMap<>(claims);
    present.values().removeIf(value -> value == null);
    return present;
  }
}
