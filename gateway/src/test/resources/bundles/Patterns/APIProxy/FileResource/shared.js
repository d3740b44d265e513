function kind() {
    return "token";
}
