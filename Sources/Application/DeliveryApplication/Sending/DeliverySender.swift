// SPDX-License-Identifier: Apache-2.0

// What goes out of the house, as functions: those of the network, or of a test.

package import Deliveries
package import NetworkAddresses

/// What sends.
package struct DeliverySender: Sendable {
    /// Looks a name up.
    package var addresses: @Sendable (_ host: String) -> [InternetAddress]
    /// Posts a message, and waits for the answer.
    package var post: @Sendable (HTTPPost) throws(SendFailure) -> HTTPPost.Answer
    /// Hands a message to a relay, and waits for its code.
    package var submit: @Sendable (MailSubmission, MailRelay) throws(SendFailure) -> Int

    /// Takes the functions.
    package init(
        addresses: @escaping @Sendable (_ host: String) -> [InternetAddress],
        post: @escaping @Sendable (HTTPPost) throws(SendFailure) -> HTTPPost.Answer,
        submit: @escaping @Sendable (MailSubmission, MailRelay) throws(SendFailure) -> Int
    ) {
        (self.addresses, self.post, self.submit) = (addresses, post, submit)
    }

    /// By the network.
    package static let network = DeliverySender(
        addresses: { HostLookup.addresses(of: $0) },
        post: { (post) throws(SendFailure) in try post.send() },
        submit: { (submission, relay) throws(SendFailure) in try submission.send(by: relay) }
    )
}
