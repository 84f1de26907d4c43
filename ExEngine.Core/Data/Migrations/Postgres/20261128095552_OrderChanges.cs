using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OrderChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_updated_at",
                table: "orders",
                columns: new[] { "account_id", "updated_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_account_id_updated_at",
                table: "orders");
        }
    }
}
