// SPDX-License-Identifier: Apache-2.0

// What became of messages, and one sent again.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
package import Portfolios
package import ServiceErrors

extension DeliveryUseCases {
    /// A page of the messages to a target, the last one first.
    package func deliveries(
        to id: Int,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (deliveries: [StoredDelivery], nextToken: String) {
        let size = try page.size()
        let found = try store.read {
            connection throws(DatabaseError) -> Result<[StoredDelivery], ServiceError> in
            try withTarget(nil, id, viewer, connection, holding: false) {
                _ throws(DatabaseError) in
                switch page.lastNumber(in: id) {
                case .failure(let error): return .failure(error)
                case .success(let number):
                    return .success(
                        try connection.deliveries(
                            to: id,
                            before: number == 0 ? nil : number,
                            limit: size + 1
                        )
                    )
                }
            }
        }
        let shown = Array(found.prefix(size))
        guard found.count > size, let last = shown.last else { return (shown, "") }
        return (shown, PageRequest.token(last.number, in: id))
    }

    /// Has a message sent again, from the beginning of the schedule, with its own identifier.
    package func redeliver(
        _ number: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> StoredDelivery {
        let delivery = try store.write {
            connection throws(DatabaseError) -> Result<StoredDelivery, ServiceError> in
            guard let delivery = try connection.delivery(number) else {
                return .failure(.unknownTarget(number, nil))
            }
            let result = try withTarget(nil, delivery.target, viewer, connection) {
                _ throws(DatabaseError) -> Result<StoredDelivery, ServiceError> in
                let now = store.clock()
                guard try connection.replay(number, nowMicroseconds: now),
                    let again = try connection.delivery(number)
                else { return .failure(.deliveryUnderWay) }
                return .success(again)
            }
            if case .failure(let error) = result, error.code == .notFound {
                return .failure(.unknownTarget(number, nil))
            }
            return result
        }
        sendSoon()
        return delivery
    }
}
