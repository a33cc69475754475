// SPDX-License-Identifier: Apache-2.0

// `vigie health`: whether the server answers calls.

internal import ArgumentParser
internal import CommandFiles
internal import VigieClient

/// The command that asks for the state of the server.
struct HealthCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Tells whether the server answers calls.",
        discussion: """
            Prints SERVING, NOT_SERVING or UNKNOWN. The exit code is 0 for SERVING only. With \
            --wait a server that cannot be reached or does not serve yet is asked again.
            """
    )

    @OptionGroup(title: "Connection") var common: CommonOptions

    @Option(
        help: ArgumentHelp("A service, such as vigie.v1.ScoringService.", valueName: "name")
    )
    var service = ""

    @Option(
        defaultAsFlag: 30,
        parsing: .next,
        help: ArgumentHelp("Wait so long for SERVING; 30 without a number.", valueName: "seconds")
    )
    var wait: Int?

    func validate() throws {
        if let wait { try check(wait, in: 1...86_400, name: "--wait") }
    }

    func adjust(_ configuration: inout ScoringClientConfiguration) {
        if let wait { configuration.timeout = min(configuration.timeout, .seconds(wait)) }
    }

    func perform(_ client: ScoringClient, _ settings: Settings) async throws -> CommandStatus {
        let end = ContinuousClock.now + .seconds(wait ?? 0)
        while true {
            let mayGoOn = ContinuousClock.now < end
            do {
                let status = try await client.health(service: service)
                if status == .serving || !mayGoOn { return tell(status) }
            } catch let error as VigieError where mayGoOn && Self.mayPass(error) {
                // Asked again below.
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func tell(_ status: HealthStatus) -> CommandStatus {
        switch status {
        case .serving: print("SERVING")
        case .notServing: print("NOT_SERVING")
        case .unknown: print("UNKNOWN")
        }
        return status == .serving ? .success : .failure
    }

    /// Whether waiting may help: nobody listens yet. A certificate that is not trusted stays so.
    private static func mayPass(_ error: VigieError) -> Bool {
        guard error.reason != VigieError.ClientReason.tlsFailed else { return false }
        return error.code == .unavailable || error.code == .deadlineExceeded
    }
}
