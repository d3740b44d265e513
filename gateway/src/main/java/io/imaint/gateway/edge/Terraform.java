package io.imaint.gateway.edge;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes a web ACL as a module of Terraform for AWS WAF, so that the perimeter in the cloud has the same rules. */
final class Terraform {
    private static final String MADE =
            "# Made by `imaint gateway edge terraform`; change the web ACL and make it again.\n";

    private static final String VERSIONS = """
            terraform {
              required_version = ">= 1.3"

              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 5.0"
                }
              }
            }
            """;

    private static final String VARIABLES = """
            variable "scope" {
              type        = string
              default     = "REGIONAL"
              description = "REGIONAL for load balancers and API gateways, CLOUDFRONT for CloudFront"
            }

            variable "resources" {
              type        = map(string)
              default     = {}
              description = "ARNs of the load balancers and API gateways to protect, each under a name; a CloudFront distribution names the web ACL itself"
            }
            """;

    private Terraform() {}

    /** The files of a module, by name. */
    static SequencedMap<String, String> of(WebAcl acl) {
        var files = new LinkedHashMap<String, String>();
        files.put("versions.tf", MADE + VERSIONS);
        files.put("variables.tf", MADE + VARIABLES);
        files.put("main.tf", MADE + main(acl));
        files.put("outputs.tf", MADE + """
                output "web_acl_arn" {
                  value = aws_wafv2_web_acl.%s.arn
                }
                """.formatted(identifier(acl.name())));
        return files;
    }

    private static String main(WebAcl acl) {
        var sets = acl.sets().values().stream()
                .sorted(Comparator.comparing(WebAcl.IpSet::name))
                .toList();
        return """
                %s
                resource "aws_wafv2_web_acl" "%s" {
                  name  = %s
                  scope = var.scope

                  default_action {
                    %s {}
                  }
                %s
                %s
                }

                resource "aws_wafv2_web_acl_association" "%2$s" {
                  for_each     = var.resources
                  resource_arn = each.value
                  web_acl_arn  = aws_wafv2_web_acl.%2$s.arn
                }
                """.formatted(
                        sets.stream().map(Terraform::set).collect(Collectors.joining("\n")),
                        identifier(acl.name()),
                        quoted(acl.name()),
                        acl.blocksByDefault() ? "block" : "allow",
                        acl.rules().stream().map(Terraform::rule).collect(Collectors.joining()),
                        visibility(acl.name(), "  "));
    }

    private static String set(WebAcl.IpSet set) {
        var addresses = set.blocks().stream()
                .map(block -> {
                    var entry = set.entries().get(block.text());
                    var why = entry == null
                            ? ""
                            : " # " + line("%s, %s: %s".formatted(entry.owner(), entry.date(), entry.justification()));
                    return "    " + quoted(block.text()) + "," + why;
                })
                .collect(Collectors.joining("\n"));
        return """
                resource "aws_wafv2_ip_set" "%s" {
                  name               = %s
                  description        = %s
                  scope              = var.scope
                  ip_address_version = "IPV%d"
                  addresses = [
                %s
                  ]
                }
                """.formatted(
                        identifier(set.name()),
                        quoted(set.name()),
                        quoted(set.description().isBlank() ? set.name() : set.description()),
                        set.version(),
                        addresses);
    }

    private static String rule(WebAcl.Rule rule) {
        var action = rule.action().name().toLowerCase(Locale.ROOT);
        var custom = rule.action() == WebAcl.Action.BLOCK && rule.status() != WebAcl.FORBIDDEN
                ? """
                 {
                        custom_response {
                          response_code = %d
                        }
                      }""".formatted(rule.status())
                : " {}";
        return """

                  rule {
                    name     = %s
                    priority = %d

                    action {
                      %s%s
                    }

                    statement {
                %s
                    }

                %s
                  }
                """.formatted(
                        quoted(rule.name()),
                        rule.priority(),
                        action,
                        custom,
                        statement(rule.statement(), "      "),
                        visibility(rule.name(), "    "));
    }

    private static String statement(Statement statement, String indent) {
        return switch (statement) {
            // AWS has no statement that is always true; every path begins with a slash.
            case Statement.Everything everything ->
                statement(new Statement.PathIs("/", Statement.PathIs.Constraint.STARTS_WITH), indent);
            case Statement.InSet in -> inSet(in, indent);
            case Statement.PathIs path -> path(path, indent);
            case Statement.And and -> several("and_statement", and.parts(), indent);
            case Statement.Or or -> several("or_statement", or.parts(), indent);
            case Statement.Not not -> several("not_statement", List.of(not.part()), indent);
        };
    }

    private static String inSet(Statement.InSet in, String indent) {
        var forwarded = in.forwarded();
        var config = forwarded == null
                ? ""
                : """

                %1$s  ip_set_forwarded_ip_config {
                %1$s    header_name       = %2$s
                %1$s    fallback_behavior = "%3$s"
                %1$s    position          = "%4$s"
                %1$s  }""".formatted(
                                indent,
                                quoted(forwarded.header()),
                                forwarded.matchesWithout() ? "MATCH" : "NO_MATCH",
                                forwarded.position());
        return """
                %1$sip_set_reference_statement {
                %1$s  arn = aws_wafv2_ip_set.%2$s.arn%3$s
                %1$s}""".formatted(indent, identifier(in.set()), config);
    }

    private static String path(Statement.PathIs path, String indent) {
        return """
                %1$sbyte_match_statement {
                %1$s  search_string         = %2$s
                %1$s  positional_constraint = "%3$s"
                %1$s  field_to_match {
                %1$s    uri_path {}
                %1$s  }
                %1$s  text_transformation {
                %1$s    priority = 0
                %1$s    type     = "NONE"
                %1$s  }
                %1$s}""".formatted(indent, quoted(path.text()), path.constraint());
    }

    private static String several(String kind, List<Statement> parts, String indent) {
        return parts.stream()
                .map(part -> "%s  statement {\n%s\n%s  }".formatted(indent, statement(part, indent + "    "), indent))
                .collect(Collectors.joining("\n", indent + kind + " {\n", "\n" + indent + "}"));
    }

    private static String visibility(String metric, String indent) {
        return """
                %1$svisibility_config {
                %1$s  cloudwatch_metrics_enabled = true
                %1$s  metric_name                = "%2$s"
                %1$s  sampled_requests_enabled   = true
                %1$s}""".formatted(indent, identifier(metric));
    }

    private static String identifier(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "x" + plain : plain;
    }

    /** A string of HCL; a dollar or per cent sign before a brace would begin a template. */
    private static String quoted(String text) {
        return "\""
                + line(text)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("${", "$${")
                        .replace("%{", "%%{") + "\"";
    }

    private static String line(String text) {
        return text.replaceAll("[\\r\\n]+", " ");
    }
}
