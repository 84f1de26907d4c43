using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderAlarms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_orders_user_id",
                table: "orders",
                column: "user_id",
                filter: "status = 'NeedsOperator' OR code = 'placed_after_all'");

            // Orders that need somebody now become alarms; they lend their own ids.
            migrationBuilder.Sql(
                """
                INSERT INTO alarms (id, user_id, kind, subject, account_id, symbol, order_id, message, since)
                SELECT id, user_id, 'OrderUnknown', lower(id), account_id, symbol, id,
                    'The exchange gives no clear answer about an order in ' || symbol || ': it may be live. Look for it there.', updated_at
                FROM orders WHERE status = 'NeedsOperator' OR code = 'placed_after_all';
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_user_id",
                table: "orders");
        }
    }
}
