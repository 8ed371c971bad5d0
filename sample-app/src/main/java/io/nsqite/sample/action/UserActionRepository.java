package io.nsqite.sample.action;

import org.springframework.data.jpa.repository.JpaRepository;

/** All actions. */
interface UserActionRepository extends JpaRepository<UserAction, Long> {}
