using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ActivityIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_signals_not_traded",
                table: "signals",
                columns: new[] { "user_id", "id" },
                filter: "status IN ('Refused', 'Stale', 'Failed')");

            migrationBuilder.CreateIndex(
                name: "ix_orders_not_sent",
                table: "orders",
                columns: new[] { "user_id", "id" },
                filter: "status IN ('Denied', 'Rejected')");

            migrationBuilder.CreateIndex(
                name: "ix_fills_user_id_id",
                table: "fills",
                columns: new[] { "user_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_signals_not_traded",
                table: "signals");

            migrationBuilder.DropIndex(
                name: "ix_orders_not_sent",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_fills_user_id_id",
                table: "fills");
        }
    }
}
