package io.nsqite.docs;

record Order(String id, String email) {}
