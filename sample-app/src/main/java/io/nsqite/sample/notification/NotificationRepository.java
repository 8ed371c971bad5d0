package io.nsqite.sample.notification;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** All notifications. */
interface NotificationRepository extends JpaRepository<Notification, Long> {

    List<Notification> findTop100ByOrderByActionIdDesc();
}
