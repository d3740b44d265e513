# Made by `imaint gateway edge terraform`; change the web ACL and make it again.
resource "aws_wafv2_ip_set" "WhitelistedIPs" {
  name               = "WhitelistedIPs"
  description        = "Addresses that may call"
  scope              = var.scope
  ip_address_version = "IPV4"
  addresses = [
    "127.0.0.1/32", # Platform team, 2026-11-30: programs on the same machine
  ]
}

resource "aws_wafv2_ip_set" "WhitelistedIPv6" {
  name               = "WhitelistedIPv6"
  description        = "Addresses that may call"
  scope              = var.scope
  ip_address_version = "IPV6"
  addresses = [
    "::1/128", # Platform team, 2026-11-30: programs on the same machine
  ]
}

resource "aws_wafv2_web_acl" "iMaintenance" {
  name  = "iMaintenance"
  scope = var.scope

  default_action {
    block {}
  }

  rule {
    name     = "AllowOnlyWhitelistedIPs"
    priority = 0

    action {
      allow {}
    }

    statement {
      or_statement {
        statement {
          ip_set_reference_statement {
            arn = aws_wafv2_ip_set.WhitelistedIPs.arn
          }
        }
        statement {
          ip_set_reference_statement {
            arn = aws_wafv2_ip_set.WhitelistedIPv6.arn
          }
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "AllowOnlyWhitelistedIPs"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "BlockAllOthers"
    priority = 1

    action {
      block {}
    }

    statement {
      byte_match_statement {
        search_string         = "/"
        positional_constraint = "STARTS_WITH"
        field_to_match {
          uri_path {}
        }
        text_transformation {
          priority = 0
          type     = "NONE"
        }
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "BlockAllOthers"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "iMaintenance"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "iMaintenance" {
  for_each     = var.resources
  resource_arn = each.value
  web_acl_arn  = aws_wafv2_web_acl.iMaintenance.arn
}
