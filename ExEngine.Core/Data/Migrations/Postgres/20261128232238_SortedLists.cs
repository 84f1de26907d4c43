using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SortedLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {


            migrationBuilder.CreateIndex(
                name: "ix_orders_user_id_status_id",
                table: "orders",
                columns: new[] { "user_id", "status", "id" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_orders_user_id_symbol_id",
                table: "orders",
                columns: new[] { "user_id", "symbol", "id" },
                descending: new[] { false, false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {


            migrationBuilder.DropIndex(
                name: "ix_orders_user_id_status_id",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_user_id_symbol_id",
                table: "orders");
        }
    }
}
