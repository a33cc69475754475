// SPDX-License-Identifier: Apache-2.0

// Posts to receivers that answer well, badly, too much and not at all.

import Deliveries
import Foundation
import NetworkAddresses
import Testing
import VigieLimits

@Suite struct HTTPPostTests {
    private func post(
        _ receiver: PlainReceiver,
        host: String = "receiver.example.com",
        addresses: [String] = ["127.0.0.1"],
        milliseconds: Int = 5_000
    ) -> Result<HTTPPost.Answer, SendFailure> {
        let post = HTTPPost(
            isSecure: false,
            host: host,
            port: receiver.port,
            target: "/a/../b?c=%2e",
            addresses: addresses.compactMap { InternetAddress($0) },
            headers: [("Content-Type", "application/json"), ("webhook-id", "m_1")],
            body: Array("{}".utf8),
            trustPath: nil,
            milliseconds: milliseconds
        )
        do throws(SendFailure) { return .success(try post.send()) } catch {
            return .failure(error)
        }
    }

    private func answer(_ script: PlainReceiver.Script) throws -> Result<
        HTTPPost.Answer, SendFailure
    > {
        let receiver = try PlainReceiver(script)
        defer { receiver.stop() }
        return post(receiver, milliseconds: 3_000)
    }

    private func answered(
        _ status: Int,
        _ retryAfter: String? = nil
    ) -> Result<HTTPPost.Answer, SendFailure> {
        .success(HTTPPost.Answer(status: status, retryAfter: retryAfter))
    }

    @Test func whatIsSentIsWhatWasSaidAndNoMore() throws {
        let receiver = try PlainReceiver(.init(first: "HTTP/1.1 204 \r\nContent-Length: 0\r\n\r\n"))
        defer { receiver.stop() }
        #expect(post(receiver) == answered(204))
        let lines = try #require(receiver.received.first).split(separator: "\r\n")
        #expect(
            lines.sorted() == [
                "Accept: */*", "Content-Length: 2", "Content-Type: application/json",
                "Host: receiver.example.com:\(receiver.port)", "POST /a/../b?c=%2e HTTP/1.1",
                "webhook-id: m_1", "{}",
            ]
        )
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", 200, nil),
            ("HTTP/1.1 503 x\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", 503, "120"),
            ("HTTP/1.1 429 x\r\nRETRY-AFTER:\t7\r\nContent-Length: 0\r\n\r\n", 429, "7"),
            // Pointing elsewhere is an answer.
            (
                "HTTP/1.1 307 x\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", 307,
                nil
            ),
            // Not that of an answer before the answer.
            (
                "HTTP/1.1 103 x\r\nRetry-After: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                200, nil
            ),
            // What comes behind a whole head changes nothing: neither a want of the rest …
            ("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc", 200, nil),
            // … nor what is no encoding of it.
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 200, nil),
            (
                "HTTP/1.1 503 x\r\nRetry-After: \(String(repeating: "1", count: 129))\r\n"
                    + "Content-Length: 0\r\n\r\n",
                503, nil
            ),  // answerValueBytesMax
        ] as [(String, Int, String?)]
    )
    func answersAreRead(_ text: String, _ status: Int, _ retryAfter: String?) throws {
        #expect(try answer(.init(first: text)) == answered(status, retryAfter))
    }

    @Test(arguments: ["", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 100 x\r\n\r\n"])
    func othersAreNone(_ text: String) throws {
        #expect(try answer(.init(first: text)) == .failure(.noAnswer))
    }

    @Test func whatHasNoEndIsCut() throws {
        // answerHeaderBytesMax
        let line = "X: \(String(repeating: "y", count: 1_000))\r\n"
        #expect(
            try answer(.init(first: "HTTP/1.1 200 OK\r\n", again: line)) == .failure(.noAnswer)
        )
        let early = PlainReceiver.Script(again: "HTTP/1.1 103 x\r\nLink: <a>\r\n\r\n")
        #expect(try answer(early) == .failure(.noAnswer))
        // answerBodyBytesMax
        let body = PlainReceiver.Script(
            first: "HTTP/1.1 200 OK\r\n\r\n",
            again: String(repeating: "x", count: 1_000)
        )
        #expect(try answer(body) == answered(200))
    }

    @Test func whoDoesNotAnswerIsGivenUp() throws {
        let receiver = try PlainReceiver(.init(hangs: true))
        defer { receiver.stop() }
        let begin = ContinuousClock.now
        #expect(post(receiver, milliseconds: 300) == .failure(.tooSlow))
        #expect(ContinuousClock.now - begin < .seconds(3))
        // With a name that leads nowhere, too: nothing is looked up here.
        let gone = try PlainReceiver(.init())
        gone.stop()
        usleep(50_000)
        #expect(post(gone) != answered(200))
        #expect(
            DeliveryLimits.connectMilliseconds < DeliveryLimits.answerMilliseconds
                && 2 * DeliveryLimits.answerMilliseconds * 1_000 <= DeliveryLimits.leaseMicroseconds
        )
    }

    /// The name is not looked up again, and a dead address does not hide one that is there.
    @Test func theAddressesThatAreGivenAreCalled() throws {
        let receiver = try PlainReceiver(
            .init(first: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        )
        defer { receiver.stop() }
        #expect(post(receiver, host: "no.such.name.invalid") == answered(200))
        #expect(post(receiver, addresses: ["127.0.0.2", "127.0.0.1"]) == answered(200))
        #expect(post(receiver, addresses: ["::1", "127.0.0.1"]) == answered(200))
        #expect(
            post(receiver, host: "localhost", addresses: ["127.0.0.9"]) == .failure(.notReached)
        )
    }

    @Test(arguments: [
        ("smtp://relay.example.com", "relay.example.com", 587, false),
        ("smtp://127.0.0.1:25", "127.0.0.1", 25, false),
        ("smtps://relay.example.com", "relay.example.com", 465, true),
        ("smtps://[::1]:4650", "::1", 4_650, true),
    ])
    func relaysAreRead(_ text: String, _ host: String, _ port: Int, _ isTLS: Bool) throws {
        let relay = try MailRelay(text)
        #expect(relay.host == host && relay.port == port && relay.isTLSFromTheStart == isTLS)
    }

    @Test(arguments: [
        "", "relay.example.com", "http://relay", "smtp://", "smtp://a@b", "smtp://relay/x",
        "smtp://relay:99999", "smtp://a,b",
    ])
    func othersAreNoRelays(_ text: String) {
        #expect(MailRelay.problem(text) != nil)
    }

    @Test func secretsAreNotShown() {
        #expect("\(MailRelay.Login(user: "u", password: "geheim"))" == "a login")
    }

    @Test func namesAreLookedUp() {
        #expect(HostLookup.addresses(of: "localhost").contains(InternetAddress("127.0.0.1")!))
        #expect(HostLookup.addresses(of: "no.such.name.invalid").isEmpty)
    }
}
