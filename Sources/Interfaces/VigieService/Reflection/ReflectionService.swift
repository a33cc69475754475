// SPDX-License-Identifier: Apache-2.0

// Server reflection, grpc.reflection.v1 and v1alpha: what services there are, and the proto files
// that tell of them. The two are the same but for their names.

package import GRPCTransport
package import VigieLimits

/// Answers what clients ask about the services.
package struct ReflectionService: Sendable {
    private static let names = [
        "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
    ]

    private let services: [String]
    private let limits: ServiceLimits

    /// Makes the service, which tells of `services` and of itself.
    package init(services: [ServiceDescription], limits: ServiceLimits = .init()) {
        self.services = (services.map(\.name) + Self.names).sorted()
        self.limits = limits
    }

    /// The services as the server tells of them: one for each version of the protocol.
    package var descriptions: [ServiceDescription] {
        let (services, limits) = (services, limits)
        let limit = MessageLimit(
            "reflectionMessageBytesMax",
            bytes: limits.reflectionMessageBytesMax
        )
        return Self.names.map { name in
            ServiceDescription(
                name,
                methods: [
                    MethodDescription(
                        "ServerReflectionInfo",
                        requests: .stream,
                        messageLimit: limit
                    ) { _ in ReflectionHandler(services: services, limits: limits) }
                ]
            )
        }
    }
}
