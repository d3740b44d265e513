# Made by `imaint gateway edge terraform`; change the web ACL and make it again.
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
