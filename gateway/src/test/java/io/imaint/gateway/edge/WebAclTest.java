package io.imaint.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import io.imaint.kernel.problem.Finding;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Goal: the rules decide as AWS's would, and what is doubtful about them is found. Method: files in WAFv2's shape. */
class WebAclTest {
    static final String ALLOWLIST = """
            {
              "Name": "iMaintenance",
              "Scope": "REGIONAL",
              "DefaultAction": {"Block": {}},
              "Rules": [
                {"Name": "BlockAllOthers", "Priority": 20, "Action": {"Block": {"CustomResponse": {"ResponseCode": 451}}},
                 "Statement": {"ByteMatchStatement": {"FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "STARTS_WITH", "SearchString": "/secret"}}},
                {"Name": "AllowOnlyWhitelistedIPs", "Priority": 10, "Action": {"Allow": {}},
                 "Statement": {"AndStatement": {"Statements": [
                   {"OrStatement": {"Statements": [
                     {"IPSetReferenceStatement": {"ARN": "arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/WhitelistedIPs/a1b2"}},
                     {"IPSetReferenceStatement": {"ARN": "WhitelistedIPv6"}}]}},
                   {"NotStatement": {"Statement": {"ByteMatchStatement": {"FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "CONTAINS", "SearchString": "secret"}}}}]}}},
                {"Name": "CountAll", "Priority": 0, "Action": {"Count": {}}}
              ],
              "IPSets": [
                {"Name": "WhitelistedIPs", "Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Description": "Customer",
                 "Addresses": ["203.0.113.0/24", "198.51.100.7/32"],
                 "Entries": {"203.0.113.0/24": {"Owner": "Network team", "Date": "2026-11-01", "Justification": "VPN egress"}}},
                {"Name": "WhitelistedIPv6", "Scope": "REGIONAL", "IPAddressVersion": "IPV6", "Addresses": ["2001:db8::/32"]}
              ]
            }
            """;

    private static WebAclReader.Reading read(String json) {
        return WebAclReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static WebAcl acl() {
        return read(ALLOWLIST).acl().orElseThrow();
    }

    private static WebAcl.Decision decide(String address, String path) {
        return acl().decide(new Statement.Asked(client(address, false), Message.request("GET", path, "")));
    }

    private static Client client(String address, boolean proxied) {
        var literal = InetAddress.ofLiteral(address);
        return new Client(literal, literal, proxied, 1, "http", "localhost", 8090, Optional.empty());
    }

    @Test
    void letsThroughOnlyWhatARuleAllows() {
        assertThat(decide("203.0.113.200", "/token"))
                .isEqualTo(new WebAcl.Decision(true, Optional.of("AllowOnlyWhitelistedIPs"), 0, List.of("CountAll")));
        assertThat(decide("198.51.100.7", "/token").allowed()).isTrue();
        assertThat(decide("2001:db8:1::9", "/token").allowed()).isTrue();
        assertThat(decide("198.51.100.8", "/token").status()).isEqualTo(403);
        assertThat(decide("2001:db9::1", "/token").allowed()).isFalse();
    }

    @Test
    void triesRulesByTheirPriorityAndAnswersTheStatusOfTheRule() {
        assertThat(decide("203.0.113.200", "/secret/door"))
                .isEqualTo(new WebAcl.Decision(false, Optional.of("BlockAllOthers"), 451, List.of("CountAll")));
    }

    @Test
    void takesTheAddressOfAHeaderWhereTheRuleSaysSo() {
        var json = """
                {"Name": "x", "DefaultAction": {"Block": {}}, "IPSets": [{"Name": "s", "IPAddressVersion": "IPV4", "Addresses": ["10.0.0.0/8"]}],
                 "Rules": [{"Name": "r", "Priority": 1, "Action": {"Allow": {}}, "Statement": {"IPSetReferenceStatement": {"ARN": "s",
                   "IPSetForwardedIPConfig": {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "NO_MATCH", "Position": "%s"}}}}]}
                """;
        var head = Message.request("GET", "/", "");
        head.headers().set("X-Forwarded-For", "192.0.2.1, 10.1.1.1");
        var asked = new Statement.Asked(client("127.0.0.1", true), head);
        assertThat(read(json.formatted("FIRST"))
                        .acl()
                        .orElseThrow()
                        .decide(asked)
                        .allowed())
                .isFalse();
        assertThat(read(json.formatted("LAST"))
                        .acl()
                        .orElseThrow()
                        .decide(asked)
                        .allowed())
                .isTrue();
        assertThat(read(json.formatted("ANY")).acl().orElseThrow().decide(asked).allowed())
                .isTrue();
        assertThat(read(json.formatted("ANY"))
                        .acl()
                        .orElseThrow()
                        .decide(new Statement.Asked(client("127.0.0.1", false), head))
                        .allowed())
                .as("anybody can write the header")
                .isFalse();
        assertThat(read(json.formatted("FIRST"))
                        .acl()
                        .orElseThrow()
                        .decide(new Statement.Asked(client("10.9.9.9", false), head))
                        .allowed())
                .as("the address of the connection")
                .isTrue();
        head.headers().set("X-Forwarded-For", "garbage");
        assertThat(read(json.formatted("ANY")).acl().orElseThrow().decide(asked).allowed())
                .isFalse();
    }

    @Test
    void namesEverythingThatIsWrongWithAFile() {
        var reading = read("""
                {"DefaultAction": {},
                 "IPSets": [{"Name": "s", "IPAddressVersion": "IPV4", "Addresses": ["10.0.0.1", "2001:db8::/32", "nobody"]}],
                 "Rules": [{"Name": "r", "Priority": 1, "Action": {"Captcha": {}}, "Statement": {"GeoMatchStatement": {}}},
                           {"Name": "r", "Priority": 1, "Action": {"Allow": {}}, "Statement": {"IPSetReferenceStatement": {"ARN": "other"}}}]}
                """);
        assertThat(reading.acl()).isEmpty();
        assertThat(reading.findings())
                .extracting(Finding::parameter)
                .contains(
                        "/DefaultAction",
                        "/IPSets/0/Addresses/0",
                        "/IPSets/0/Addresses/1",
                        "/IPSets/0/Addresses/2",
                        "/Rules/0/Action",
                        "/Rules/0/Statement/GeoMatchStatement",
                        "/Rules/1/Statement/IPSetReferenceStatement/ARN",
                        "/Rules");
        assertThat(read("{\"Rules\": [\n").findings().getFirst().line()).contains("line 2");
    }

    @Test
    void warnsOfWideBlocksAndOfEntriesForWhichNobodyAnswers() {
        assertThat(AclReview.of(acl()))
                .extracting(Finding::line)
                .containsExactlyInAnyOrder(
                        "WhitelistedIPs has 198.51.100.7/32 without owner, date or justification; add them to Entries",
                        "WhitelistedIPv6 has 2001:db8::/32, which is /32 or wider; name the smallest block that will do",
                        "WhitelistedIPv6 has 2001:db8::/32 without owner, date or justification; add them to Entries");
    }

    @Test
    void findsWhereAProxyAndThePerimeterDisagree() throws XmlInvalid {
        var policy = new PolicyFile("acl", "APIProxy/Policy/acl.xml", Xml.read("""
                <AccessControl><IPRules noRuleMatchAction="DENY"><MatchRule action="ALLOW">
                  <SourceAddress mask="24">203.0.113.0</SourceAddress><SourceAddress mask="32">192.0.2.1</SourceAddress>
                </MatchRule></IPRules></AccessControl>"""));
        var proxy = new ApiProxy("Demo", "", "", "REST", List.of(), List.of(), Map.of("acl", policy), Map.of());
        assertThat(AclReview.drift(acl(), proxy))
                .extracting(Finding::line)
                .containsExactly(
                        "Demo allows 192.0.2.1/32, which the perimeter does not let through",
                        "Demo does not allow 198.51.100.7/32, which the perimeter lets through",
                        "Demo does not allow 2001:db8::/32, which the perimeter lets through");
    }

    @Test
    void writesTheSameRulesForTerraform() {
        var main = Terraform.of(acl()).getOrDefault("main.tf", "");
        assertThat(main)
                .contains("\"203.0.113.0/24\", # Network team, 2026-11-01: VPN egress")
                .contains("default_action {\n    block {}")
                .contains("priority = 10")
                .contains("response_code = 451")
                .contains("arn = aws_wafv2_ip_set.WhitelistedIPv6.arn");
        var blocks = Hcl.read(main);
        assertThat(blocks.stream().map(Hcl.Block::labels))
                .containsExactly(
                        List.of("aws_wafv2_ip_set", "WhitelistedIPs"),
                        List.of("aws_wafv2_ip_set", "WhitelistedIPv6"),
                        List.of("aws_wafv2_web_acl", "iMaintenance"),
                        List.of("aws_wafv2_web_acl_association", "iMaintenance"));
        assertThat(blocks.get(2).blocks().stream().map(Hcl.Block::type))
                .containsExactly("default_action", "rule", "rule", "rule", "visibility_config");
    }

    @Test
    void writesEveryFileOfTheModuleInTerraformsSyntaxWhateverTheTextsAre() {
        var nasty = ALLOWLIST
                .replace("VPN egress", "\\\"quoted\\\" ${x} %{y}\\n} # end")
                .replace("\"/secret\"", "\"/${secret}\\\\\\\"%{\"")
                .replace("\"Description\": \"Customer\"", "\"Description\": \"a \\\"b\\\" ${c}\"");
        var files = Terraform.of(read(nasty).acl().orElseThrow());
        assertThat(files.sequencedKeySet()).containsExactly("versions.tf", "variables.tf", "main.tf", "outputs.tf");
        assertThat(files.values()).allSatisfy(text -> assertThat(Hcl.read(text)).isNotEmpty());
    }

    @Property
    void findsAnAddressInEachBlockThatHoldsIt(@ForAll @Size(4) byte[] address, @ForAll @IntRange(max = 32) int bits)
            throws java.net.UnknownHostException {
        var asked = InetAddress.getByAddress(address);
        var text = asked.getHostAddress() + "/" + bits;
        var set = new AddressSet(List.of(AddressSet.block(text).orElseThrow()));
        assertThat(set.contains(asked)).isTrue();
        if (bits > 0) { // Another first bit lies outside.
            var other = address.clone();
            other[0] ^= (byte) 0x80;
            assertThat(set.contains(InetAddress.getByAddress(other))).isFalse();
        }
    }
}
