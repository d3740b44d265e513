# Made by `imaint gateway edge terraform`; change the web ACL and make it again.
output "web_acl_arn" {
  value = aws_wafv2_web_acl.iMaintenance.arn
}
