using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReplaceOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "post_only",
                table: "orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "replace_press",
                table: "orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "replace_price",
                table: "orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "replace_quantity",
                table: "orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "replaces_id",
                table: "orders",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "post_only",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "replace_press",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "replace_price",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "replace_quantity",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "replaces_id",
                table: "orders");
        }
    }
}
